package io.leadloom.automation.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.Cards;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.html.MailSignatures;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.BulkOperation.Member;
import io.leadloom.record.Lists;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Makes messages of what somebody wrote: the texts of a card, with merge fields that the writer may see. */
@Component
public class Composer {

  private static final int LONGEST_TEXT = 200_000;

  private final Cards cards;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Users users;
  private final Lists lists;
  private final Records records;
  private final AccountSettings account;
  private final MailSignatures signatures;
  private final CustomValues values;

  public Composer(
      Cards cards,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      Records records,
      AccountSettings account,
      MailSignatures signatures,
      CustomValues values) {
    this.cards = cards;
    this.schemas = schemas;
    this.conversion = conversion;
    this.users = users;
    this.lists = lists;
    this.records = records;
    this.account = account;
    this.signatures = signatures;
    this.values = values;
  }

  /**
   * The texts of a message as they are kept.
   *
   * @param within what stands before the names of texts where they are complained about
   * @param violations takes what is wrong with them
   */
  public ObjectNode accept(
      MessageKind kind,
      JsonNode given,
      String within,
      Rights rights,
      Consumer<Violation> violations) {
    ObjectNode accepted = JsonNodeFactory.instance.objectNode();
    for (String key : kind.texts()) {
      String text = given.path(key).asText("");
      if (text.length() > LONGEST_TEXT) {
        violations.accept(
            Violation.of(within + key, null, "at most " + LONGEST_TEXT + " characters"));
      }
      if (!text.isBlank()) {
        accepted.put(key, text);
      }
    }
    List<Problem> problems = new ArrayList<>();
    prepare(kind, accepted, rights, problems);
    problems.forEach(
        problem ->
            violations.accept(
                new Violation(within + problem.field(), problem.value(), problem.expectation())));
    return accepted;
  }

  /** The card with these texts; {@code problems} takes what it cannot be made of. */
  public Card.Action prepare(
      MessageKind kind, JsonNode texts, Rights rights, List<Problem> problems) {
    Schema schema = schemas.current().visibleTo(rights);
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
    Card card = cards.find(kind.card()).orElseThrow();
    return card.prepare(new CardSettings("message", "message", texts, problems::add), scope);
  }

  /** What all messages of one sender share. */
  public MessageRun.Parts parts(Rights rights) {
    Long sender = rights.userId();
    return new MessageRun.Parts(
        records,
        users,
        account.timeZone(),
        conversion,
        schemas.current(),
        sender == null ? null : signatures.of(sender).orElse(null));
  }

  /** Reads the contacts and accounts that messages to these records may speak of, with one query each. */
  public void loadRelated(Chunk chunk) {
    for (EntityType type : List.of(EntityType.CONTACT, EntityType.ACCOUNT)) {
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

  /** Whether a lead has become something else: people write to that then (LEAD-080). */
  public static boolean converted(Record record) {
    return RecordCommand.Convert.done(record.values());
  }
}
