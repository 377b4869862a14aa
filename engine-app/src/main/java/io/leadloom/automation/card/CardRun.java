package io.leadloom.automation.card;

import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.html.MailSignature;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.record.share.Share;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run at one card: what the card can see and do. Lives for one visit. */
public interface CardRun {

  long runId();

  /** The id of the BPMN element. */
  String card();

  /** How often the run has reached this card, counted from 1. */
  int visit();

  /** The idempotency key of what leaves Leadloom from this visit: {@code run:card:visit}. */
  default String key() {
    return runId() + ":" + card() + ":" + visit();
  }

  /** The record the run is about. */
  RecordRef root();

  /** The activity or task that triggered the run, or the record itself. */
  RecordRef subject();

  /** The run's lead, contact or account, or the triggering activity or task; empty when there is none. */
  Optional<Record> record(EntityType type);

  /** Reads any record, with what this batch has changed so far. */
  Optional<Record> read(RecordRef ref);

  /** The contacts of an account, at most 200. */
  List<Record> contacts(RecordRef account);

  /** Changes a record; later conditions of this and other runs see it. */
  WriteResult apply(RecordCommand command);

  /** Changes a record and says what that means for the run: done, or failed with the reason. */
  default Outcome change(RecordCommand command) {
    return Outcomes.of(apply(command));
  }

  void deliver(Deliveries.Request delivery);

  /** What the person who sends puts under mails; null where no person sends, as in automations (SET-043). */
  default @Nullable MailSignature signature() {
    return null;
  }

  void announce(JournalEntry entry);

  /** Shares opportunities and stops that, together with all else that the run does. */
  ShareBatch shares();

  /** Who shares: this visit of the card. */
  default Share.Origin sharing() {
    return Share.Origin.card(automationId(), runId(), card(), visit());
  }

  void notify(long userId, String subject, String text);

  /** Remembers the task that this card created. */
  void created(RecordRef task);

  /** The task that an earlier card of this run created. */
  @Nullable RecordRef createdBy(String card);

  /** What an earlier webhook card of this run received, by the path of the answer's fields; null before. */
  @Nullable Values response(String card);

  /** Says something for the run's history. */
  void note(String message);

  /** Takes the next turn of this card: 0, 1, 2 … over all runs of the automation, never twice. */
  long takeTurn();

  /** Of these users, the one who owns the fewest leads; the first of equals. */
  long leastLoaded(List<Long> users);

  /** The ids of the automations whose cards called this run, outermost first. */
  List<Long> callers();

  long automationId();

  Cause cause();

  Instant now();

  ZoneId zone();

  Schema schema();

  FieldConversion conversion();

  Users users();
}
