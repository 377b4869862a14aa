package io.leadloom.automation.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.message.Composer;
import io.leadloom.automation.message.MessageKind;
import io.leadloom.automation.message.MessageRun;
import io.leadloom.connection.Deliveries;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends a message to many records: its texts with merge fields, exactly as the card of automations does it, and through
 * the same outbox (ENG-108, ENG-125).
 */
abstract class SendMany implements BulkOperation {

  /** So many characters of messages are in memory at once, and one message more. */
  private static final int MOST_IN_HAND = 5_000_000;

  private final MessageKind kind;
  private final String key;
  private final Composer composer;
  private final Deliveries deliveries;

  SendMany(MessageKind kind, String key, Composer composer, Deliveries deliveries) {
    this.kind = kind;
    this.key = key;
    this.composer = composer;
    this.deliveries = deliveries;
  }

  @Override
  public String key() {
    return key;
  }

  /** Only mails go to the people of an account. */
  @Override
  public boolean suits(EntityType type) {
    return type == EntityType.LEAD
        || type == EntityType.CONTACT
        || (type == EntityType.ACCOUNT && kind == MessageKind.EMAIL);
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    List<Violation> violations = new ArrayList<>();
    JsonNode accepted = composer.accept(kind, settings, "settings.", rights, violations::add);
    if (!violations.isEmpty()) {
      String what = kind == MessageKind.EMAIL ? "e-mail" : "message";
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The " + what + " is not complete", violations);
    }
    return accepted;
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    List<Problem> problems = new ArrayList<>();
    Card.Action action = composer.prepare(kind, settings, chunk.rights(), problems);
    if (!problems.isEmpty()) {
      // A field that it merges was deleted or hidden meanwhile.
      String reason = problems.get(0).field() + ": expected " + problems.get(0).expectation();
      return chunk.members().stream().<Outcome>map(member -> new Failed(reason)).toList();
    }
    composer.loadRelated(chunk);
    List<Outcome> outcomes = new ArrayList<>();
    Slices slices = new Slices();
    MessageRun.Parts parts = composer.parts(chunk.rights());
    for (Member member : chunk.members()) {
      if (member.record().trashedAt() != null) {
        outcomes.add(new Failed("It is in the trash"));
        continue;
      }
      if (Composer.converted(member.record())) {
        outcomes.add(new Failed("The lead is converted: write to the contact it has become"));
        continue;
      }
      MessageRun run =
          new MessageRun(
              chunk,
              member.record(),
              parts,
              "bulk:" + chunk.bulkId() + ":" + member.record().ref().id());
      action.perform(run);
      run.requests().forEach(slices::add);
      outcomes.add(run.requests().isEmpty() ? new Failed(run.said()) : new Done(true, null));
    }
    slices.enqueue();
    return outcomes;
  }

  /** A mail with its text and its pictures may be long, and an account may have many contacts. */
  @Override
  public int page() {
    return 100;
  }

  /** Hands messages on before they are too many. */
  private final class Slices {

    private final List<Deliveries.Request> waiting = new ArrayList<>();
    private long characters;

    void add(Deliveries.Request request) {
      waiting.add(request);
      characters += request.body().length();
      if (characters >= MOST_IN_HAND) {
        enqueue();
      }
    }

    void enqueue() {
      deliveries.enqueue(List.copyOf(waiting));
      waiting.clear();
      characters = 0;
    }
  }
}
