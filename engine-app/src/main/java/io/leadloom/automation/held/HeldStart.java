package io.leadloom.automation.held;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The start of one automation by one event of an import. When its turn comes it goes into the journal again, in the order
 * of its record's events, as a request to start this automation that brings along what happened.
 *
 * @param event what happened
 */
public record HeldStart(long automationId, JournalEntry event) {

  private static final String AUTOMATION = "automation";
  private static final String HELD = "held";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** An event without its cause and its record, which the request has itself. */
  private record Facts(
      int kind,
      String at,
      String subject,
      Map<String, @Nullable Object> before,
      Map<String, @Nullable Object> after,
      Map<String, String> detail) {}

  /** What a request to start an automation is really about; null for one that nobody held back. */
  public static @Nullable JournalEntry meant(JournalEntry request) {
    String facts =
        request.kind() == JournalKind.START_REQUESTED ? request.detail().get(HELD) : null;
    return facts == null ? null : read(facts, request);
  }

  /** The import that caused it. */
  long importId() {
    return Long.parseLong(Objects.requireNonNull(event.cause().reference()));
  }

  /** What happened, as text. */
  String facts() {
    Map<String, @Nullable Object> before = new HashMap<>();
    Map<String, @Nullable Object> after = new HashMap<>();
    event
        .changes()
        .forEach(
            (field, change) -> {
              before.put(field, change.before());
              after.put(field, change.after());
            });
    Facts facts =
        new Facts(
            event.kind().code(),
            event.at().toString(),
            event.subject().toString(),
            before,
            after,
            event.detail());
    try {
      return JSON.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The facts of an event cannot be written", e);
    }
  }

  /** The request that lets it start; an import is its cause as before, but nothing holds it back any more. */
  static JournalEntry request(
      long automationId, String facts, RecordRef root, Cause cause, Instant now) {
    return new JournalEntry(
        now,
        JournalKind.START_REQUESTED,
        root,
        root,
        Map.of(),
        Map.of(AUTOMATION, Long.toString(automationId), HELD, facts),
        cause);
  }

  private static JournalEntry read(String text, JournalEntry request) {
    try {
      Facts facts = JSON.readValue(text, Facts.class);
      Map<String, FieldChange> changes = new HashMap<>();
      facts
          .after()
          .forEach(
              (field, after) ->
                  changes.put(field, new FieldChange(facts.before().get(field), after)));
      return new JournalEntry(
          Instant.parse(facts.at()),
          JournalKind.of(facts.kind()),
          ref(facts.subject()),
          request.root(),
          changes,
          facts.detail(),
          request.cause());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The facts of a held start cannot be read", e);
    }
  }

  /** A record from what {@link RecordRef#toString} says. */
  static RecordRef ref(String text) {
    int slash = text.indexOf('/');
    EntityType type = EntityType.of(text.substring(0, slash)).orElseThrow();
    return new RecordRef(type, Long.parseLong(text.substring(slash + 1)));
  }
}
