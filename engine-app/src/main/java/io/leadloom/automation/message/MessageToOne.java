package io.leadloom.automation.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.connection.Channels;
import io.leadloom.connection.Deliveries;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.BulkOperation.Member;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A message that somebody writes to one lead or contact (LEAD-102, ENG-092). */
@Component
public class MessageToOne {

  private final Composer composer;
  private final Records records;
  private final Deliveries deliveries;
  private final Channels channels;
  private final Clock clock;
  private final ObjectMapper json;

  MessageToOne(
      Composer composer,
      Records records,
      Deliveries deliveries,
      Channels channels,
      Clock clock,
      ObjectMapper json) {
    this.composer = composer;
    this.records = records;
    this.deliveries = deliveries;
    this.channels = channels;
    this.clock = clock;
    this.json = json;
  }

  /**
   * A message as it would go out.
   *
   * @param to null when it cannot be sent, and when addresses are hidden from the sender
   * @param refusal why it cannot be sent; null when it can
   */
  public record Shown(
      @Nullable String to,
      @Nullable String subject,
      String text,
      @Nullable String html,
      @Nullable String refusal) {}

  /** The message as it would go out, with everything merged and signed. */
  @Transactional(readOnly = true)
  public Shown preview(RecordRef ref, MessageKind kind, JsonNode texts, Rights rights) {
    MessageRun run = composed(ref, kind, texts, rights, Cause.system("preview"), "preview");
    if (run.requests().isEmpty()) {
      return new Shown(null, null, "", null, run.said());
    }
    Deliveries.Request message = run.requests().get(0);
    JsonNode body = read(message.body());
    return new Shown(
        seesAddresses(kind, rights) ? message.to() : null,
        body.path("subject").asText(null),
        body.path("text").asText(""),
        body.path("html").asText(null),
        unready(kind));
  }

  private static boolean seesAddresses(MessageKind kind, Rights rights) {
    String field = kind == MessageKind.EMAIL ? "email" : "phone";
    return !rights.hides(EntityType.LEAD, field) && !rights.hides(EntityType.CONTACT, field);
  }

  /** Hands the message to the outbox. Refuses when the channel or the person does not take it. */
  @Transactional
  public void send(RecordRef ref, MessageKind kind, JsonNode texts, Rights rights, Cause cause) {
    String unready = unready(kind);
    if (unready != null) {
      throw RefusedException.invalid(
          "Nothing can be sent this way yet", Violation.of("channel", kind.key(), unready));
    }
    MessageRun run = composed(ref, kind, texts, rights, cause, "message:" + UUID.randomUUID());
    if (run.requests().isEmpty()) {
      throw RefusedException.invalid(
          run.said(),
          Violation.of("to", ref.toString(), "somebody who can be reached and wants to be"));
    }
    deliveries.enqueue(run.requests());
  }

  private @Nullable String unready(MessageKind kind) {
    return channels.states().stream()
        .filter(state -> state.channel() == kind.channel())
        .flatMap(state -> state.missing().stream())
        .findFirst()
        .map(missing -> "the setting " + missing.setting() + ": " + missing.expectation())
        .orElse(null);
  }

  private MessageRun composed(
      RecordRef ref, MessageKind kind, JsonNode given, Rights rights, Cause cause, String key) {
    Records reached = records.as(rights);
    Record record =
        reached.find(ref).orElseThrow(() -> RefusedException.notFound(ref.type().key(), ref.id()));
    if (!reached.may(ref, Action.EDIT)) {
      throw RefusedException.forbidden("You may not write to this " + ref.type().key());
    }
    if (record.trashedAt() != null) {
      throw RefusedException.invalid(
          "It is in the trash",
          Violation.of("id", ref.id(), "a " + ref.type().key() + " that is not"));
    }
    List<Violation> violations = new ArrayList<>();
    JsonNode texts = composer.accept(kind, given, "", rights, violations::add);
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The message is not complete", violations);
    }
    List<Problem> problems = new ArrayList<>();
    Card.Action action = composer.prepare(kind, texts, rights, problems);
    Chunk chunk =
        new Chunk(
            0,
            ref.type(),
            List.of(new Member(0, record)),
            records.open(),
            rights,
            cause,
            clock.instant());
    composer.loadRelated(chunk);
    // What keeps somebody from being reached counts also where the sender does not see it.
    Record whole = chunk.session().get(ref).orElse(record);
    if (Composer.converted(whole)) {
      throw RefusedException.invalid(
          "The lead is converted",
          Violation.of("id", ref.id(), "a lead that is not: write to the contact it has become"));
    }
    MessageRun run = new MessageRun(chunk, whole, composer.parts(rights), key);
    action.perform(run);
    return run;
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A message that was just written cannot be read", e);
    }
  }
}
