package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.MergeText;
import io.leadloom.automation.card.Outcomes;
import io.leadloom.automation.card.People;
import io.leadloom.automation.card.SetFields;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Creates an opportunity of the run's lead, contact or opportunity, for its owner or a named user (REV-011). */
@Component
final class OpportunityCreate implements Card {

  private static final String CONTACT = EntityType.CONTACT.key();
  private static final String OWNER = "owner";
  private static final int LONGEST_NAME = 250;

  @Override
  public String type() {
    return "opportunity.create";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    settings.required("name");
    MergeText name = MergeText.read(settings, "name", scope);
    SetFields fields = DealFields.read(settings, scope);
    String assignee = People.check(settings, "assignTo", scope);
    scope.need(CardScope.Need.CONTACT);
    scope.need(CardScope.Need.ACCOUNT);
    return run -> {
      try {
        Values values = fields.values(run, null);
        return create(run, values, name.render(run).strip(), assignee);
      } catch (SetFields.Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }

  private static Outcome create(CardRun run, Values values, String name, String assignee) {
    values.with("name", named(name, run));
    link(run, values);
    if (values.get(CONTACT) == null) {
      return new Outcome.Failed(
          "The " + run.root().type().key() + " has no contact, which an opportunity needs");
    }
    Users.Person person = People.find(assignee, run);
    if (!values.has(OWNER) && person != null) {
      values.with(OWNER, person.id());
    } else if (!values.has(OWNER) && !assignee.equals(People.OWNER)) {
      run.note("The user is not active, the opportunity has no owner");
    }
    WriteResult result = run.apply(new RecordCommand.Create(EntityType.OPPORTUNITY, values));
    if (result instanceof WriteResult.Written written) {
      // No more than that: who reads the history may not be one to see the opportunity.
      run.note("Created " + written.ref());
    }
    return Outcomes.of(result);
  }

  /** The name on one line, as long as one may be; that of the record where nothing is left of it. */
  private static String named(String name, CardRun run) {
    String line = name.replaceAll("\\s+", " ").strip();
    if (line.isEmpty()) {
      line =
          run.record(run.root().type())
              .map(record -> record.values().text("name"))
              .orElse(run.root().toString());
    }
    return line.codePointCount(0, line.length()) <= LONGEST_NAME
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME));
  }

  /** Whose opportunity it is, unless the card says otherwise. */
  private static void link(CardRun run, Values values) {
    Optional<Record> root = run.record(run.root().type());
    for (EntityType type : List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT)) {
      boolean own = run.root().type() == type;
      Object id =
          own ? run.root().id() : root.map(record -> record.values().get(type.key())).orElse(null);
      if (id instanceof Long && !values.has(type.key())) {
        values.with(type.key(), id);
      }
    }
  }
}
