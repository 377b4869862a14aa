package io.leadloom.connection.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connection.mailbox.Mailbox;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes outcomes in batches: the rows, the Mailbox and the journal in one transaction. */
@Component
class ResultWriter {

  private static final int SHORT_ERROR = 200;

  private final OutboxRows rows;
  private final Mailbox mailbox;
  private final Journal journal;
  private final TransactionTemplate transaction;
  private final ObjectMapper json;

  ResultWriter(
      OutboxRows rows,
      Mailbox mailbox,
      Journal journal,
      TransactionTemplate transaction,
      ObjectMapper json) {
    this.rows = rows;
    this.mailbox = mailbox;
    this.journal = journal;
    this.transaction = transaction;
    this.json = json;
  }

  /** Writes those outcomes whose lease still holds, and returns them. */
  List<Outcome> write(List<Outcome> outcomes, String owner) {
    List<Outcome> written =
        transaction.execute(
            status -> {
              List<Outcome> ours = rows.stillOurs(outcomes, owner);
              if (!ours.isEmpty()) {
                rows.finish(ours);
                keep(ours);
                tell(ours);
              }
              return ours;
            });
    return written == null ? List.of() : written;
  }

  private void keep(List<Outcome> outcomes) {
    List<Mailbox.Message> messages =
        outcomes.stream().filter(Outcome::shown).map(this::message).toList();
    if (!messages.isEmpty()) {
      mailbox.keep(messages);
    }
  }

  private Mailbox.Message message(Outcome outcome) {
    Claimed delivery = outcome.delivery();
    JsonNode body;
    try {
      body = json.readTree(delivery.body());
    } catch (JsonProcessingException e) {
      body = json.createObjectNode().put("text", delivery.body());
    }
    return new Mailbox.Message(
        0,
        delivery.key(),
        delivery.channel(),
        delivery.root(),
        delivery.to(),
        body.path("subject").asText(""),
        body.path("text").asText(""),
        body.path("html").asText(""),
        outcome.at());
  }

  private void tell(List<Outcome> outcomes) {
    List<JournalEntry> entries =
        outcomes.stream()
            .filter(outcome -> outcome.status() != DeliveryStatus.PENDING)
            .map(
                outcome -> {
                  Claimed delivery = outcome.delivery();
                  return entry(
                      delivery.key(),
                      OutboxRows.name(delivery.channel()),
                      delivery.root(),
                      delivery.cause(),
                      outcome.at(),
                      outcome.error());
                })
            .toList();
    append(entries);
  }

  /** Adds receipts to the journal, in the current transaction. */
  void append(List<JournalEntry> entries) {
    if (!entries.isEmpty()) {
      journal.append(entries);
    }
  }

  /** The receipt of a delivery: delivered, or failed when there is an error. */
  static JournalEntry entry(
      String key, String channel, RecordRef root, Cause cause, Instant at, @Nullable String error) {
    Map<String, String> detail = new HashMap<>(Map.of("delivery", key, "channel", channel));
    if (error != null) {
      detail.put(
          "error", error.length() > SHORT_ERROR ? error.substring(0, SHORT_ERROR) + "…" : error);
    }
    JournalKind kind = error == null ? JournalKind.DELIVERED : JournalKind.DELIVERY_FAILED;
    return new JournalEntry(at, kind, root, root, Map.of(), detail, cause);
  }
}
