package io.leadloom.automation.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.Cards;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.html.MailSignatures;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Lists;
import io.leadloom.record.Records;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Mails many records: {@code {"subject", "text", "html"}} with merge fields, exactly as the card "Send email" does it, and
 * through the same outbox (ENG-108, ENG-125). Below each stands the signature of whoever ordered it (SET-043).
 */
@Component
class MailMany implements BulkOperation {

  private static final List<String> TEXTS = List.of("subject", "text", "html");
  private static final int LONGEST_TEXT = 200_000;

  /** So many characters of mails are in memory at once, and one mail more. */
  private static final int MOST_IN_HAND = 5_000_000;

  private final Card card;
  private final Deliveries deliveries;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Users users;
  private final Lists lists;
  private final Records records;
  private final AccountSettings account;
  private final MailSignatures signatures;
  private final CustomValues values;

  MailMany(
      Cards cards,
      Deliveries deliveries,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      Records records,
      AccountSettings account,
      MailSignatures signatures,
      CustomValues values) {
    this.values = values;
    this.signatures = signatures;
    this.card = cards.find("email.send").orElseThrow();
    this.deliveries = deliveries;
    this.schemas = schemas;
    this.conversion = conversion;
    this.users = users;
    this.lists = lists;
    this.records = records;
    this.account = account;
  }

  @Override
  public String key() {
    return "send-email";
  }

  @Override
  public boolean suits(EntityType type) {
    return type == EntityType.LEAD || type == EntityType.CONTACT || type == EntityType.ACCOUNT;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    ObjectNode accepted = JsonNodeFactory.instance.objectNode();
    List<Violation> violations = new ArrayList<>();
    for (String key : TEXTS) {
      String text = settings.path(key).asText("");
      if (text.length() > LONGEST_TEXT) {
        violations.add(
            Violation.of("settings." + key, null, "at most " + LONGEST_TEXT + " characters"));
      }
      if (!text.isBlank()) {
        accepted.put(key, text);
      }
    }
    List<Problem> problems = new ArrayList<>();
    prepare(accepted, schemas.current().visibleTo(rights), problems);
    problems.forEach(
        problem ->
            violations.add(
                new Violation(
                    "settings." + problem.field(), problem.value(), problem.expectation())));
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The e-mail is not complete", violations);
    }
    return accepted;
  }

  private Card.Action prepare(JsonNode settings, Schema schema, List<Problem> problems) {
    CardScope scope =
        new CardScope(
            schema,
            conversion,
            users,
            lists,
            key -> Optional.empty(),
            null,
            null,
            account.timeZone(),
            values);
    return card.prepare(new CardSettings("mail", "mail", settings, problems::add), scope);
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    List<Problem> problems = new ArrayList<>();
    Schema schema = schemas.current().visibleTo(chunk.rights());
    Card.Action action = prepare(settings, schema, problems);
    if (!problems.isEmpty()) {
      // A field that it merges was deleted or hidden meanwhile.
      String reason = problems.get(0).field() + ": expected " + problems.get(0).expectation();
      return chunk.members().stream().<Outcome>map(member -> new Failed(reason)).toList();
    }
    loadRelated(chunk, EntityType.CONTACT);
    loadRelated(chunk, EntityType.ACCOUNT);
    List<Outcome> outcomes = new ArrayList<>();
    Slices slices = new Slices();
    MailRun.Parts parts = parts(chunk);
    for (Member member : chunk.members()) {
      if (member.record().trashedAt() != null) {
        outcomes.add(new Failed("It is in the trash"));
        continue;
      }
      MailRun run = new MailRun(chunk, member.record(), parts);
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

  /** Hands mails on before they are too many. */
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

  private MailRun.Parts parts(Chunk chunk) {
    Long sender = chunk.rights().userId();
    return new MailRun.Parts(
        records,
        users,
        account.timeZone(),
        conversion,
        schemas.current(),
        sender == null ? null : signatures.of(sender).orElse(null));
  }

  private static void loadRelated(Chunk chunk, EntityType type) {
    Set<Long> ids = new LinkedHashSet<>();
    for (Member member : chunk.members()) {
      if (member.record().values().get(type.key()) instanceof Long id) {
        ids.add(id);
      }
    }
    if (!ids.isEmpty()) {
      chunk.session().preload(type, ids);
    }
  }
}
