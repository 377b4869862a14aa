package io.leadloom.schema.type;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.FieldData;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.audit.SchemaEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes the choices of the classifying fields: stages, statuses, sources, groups and ratings (LEAD-131 to LEAD-142,
 * PLT-001 to PLT-011). No change of them touches a record.
 */
@Component
public class ChoiceDefinitions {

  private static final int MOST = 500;
  private static final String LISTED = "listLeads";

  private final JdbcTemplate jdbc;
  private final Schemas schemas;
  private final ChoiceRows rows;
  private final FieldData data;
  private final ObjectProvider<FieldDefinitions.Uses> uses;
  private final Ids ids;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  ChoiceDefinitions(
      JdbcTemplate jdbc,
      Schemas schemas,
      ChoiceRows rows,
      FieldData data,
      ObjectProvider<FieldDefinitions.Uses> uses,
      Ids ids,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.rows = rows;
    this.data = data;
    this.uses = uses;
    this.ids = ids;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What a choice shall be; null leaves a part as it is, an empty colour takes it away. */
  public record ChangedChoice(
      @Nullable String label,
      @Nullable Integer position,
      @Nullable String colour,
      @Nullable Boolean active,
      @Nullable Boolean hidden,
      @Nullable Boolean shared,
      @Nullable Long parent,
      @Nullable Boolean offered) {}

  /**
   * What uses a choice, and so what its deletion would change.
   *
   * @param records how many records have it, those in the trash included, by the path of their entity; leads of lists as
   *     {@code listLeads}
   * @param statuses the statuses that depend on it
   * @param uses what names it, for example automations
   * @param last whether it is the last active stage, which stays
   */
  public record Usage(
      Map<String, Long> records,
      List<Choice> statuses,
      List<FieldDefinitions.Use> uses,
      boolean last) {

    /** Whether something would be left without it. */
    public boolean used() {
      return records.values().stream().anyMatch(count -> count > 0)
          || !statuses.isEmpty()
          || !uses.isEmpty();
    }
  }

  /** The kind, checked. */
  public static String kind(String kind) {
    if (!ChoiceNames.KINDS.contains(kind)) {
      throw RefusedException.notFound("kind of choice", kind);
    }
    return kind;
  }

  private <T> T changing(Supplier<T> change) {
    T result =
        transaction.execute(
            status -> {
              jdbc.update("update schema_state set version = version + 1 where id = 1");
              return change.get();
            });
    schemas.latest();
    return Objects.requireNonNull(result);
  }

  /** Adds a choice at the end of its kind (PLT-008). */
  public Choice create(String kind, ChangedChoice asked) {
    kind(kind);
    if (asked.label() == null) {
      throw ChoiceCheck.refused("label", null, "1 to 250 characters on one line");
    }
    return changing(
        () -> {
          ChoiceNames names = rows.names(kind);
          List<Choice> all = names.choices();
          if (all.size() >= MOST) {
            throw ChoiceCheck.refused("label", asked.label(), "at most " + MOST + " of a kind");
          }
          long id = ids.next("choice");
          int end = all.stream().mapToInt(Choice::position).max().orElse(0) + 1;
          Choice fresh =
              new Choice(id, kind, "", end, null, true, false, null, null, true, "", true);
          Choice after = changed(fresh, asked);
          Choice kept = kept(after, rows.freshForm(kind, after.label(), id));
          ChoiceCheck.check(kept, names, rows.names("stage"));
          write(() -> rows.insert(kept), kept);
          trail.record(SchemaEvents.choice(null, kept));
          return kept;
        });
  }

  /** Changes a choice; its id and what records keep of it stay (LEAD-131). */
  public Choice change(String kind, long id, ChangedChoice asked) {
    kind(kind);
    return changing(
        () -> {
          ChoiceNames names = rows.names(kind);
          Choice before = find(names, kind, id);
          Choice after = changed(before, asked);
          ChoiceCheck.check(after, names, rows.names("stage"));
          if (!Objects.equals(before.parent(), after.parent())) {
            keepStatuses(before, names);
          }
          if (before.active() && !after.active() && lastActive(before, names)) {
            throw ChoiceCheck.refused("active", false, "true: this is the last active stage");
          }
          write(() -> rows.update(before, after), after);
          trail.record(SchemaEvents.choice(before, after));
          if (!before.label().equals(after.label())) {
            uses.orderedStream().forEach(room -> room.renamed(after));
          }
          return after;
        });
  }

  /** Puts the choices of a kind in this order (PLT-011); the list must name each of them once. */
  public List<Choice> order(String kind, List<Long> order) {
    kind(kind);
    return changing(
        () -> {
          ChoiceNames names = rows.names(kind);
          boolean whole =
              order.size() == names.choices().size()
                  && new HashSet<>(order)
                      .equals(new HashSet<>(names.choices().stream().map(Choice::id).toList()));
          if (!whole) {
            throw ChoiceCheck.refused("order", order.size(), "the ids of all of them, each once");
          }
          for (int i = 0; i < order.size(); i++) {
            Choice before = find(names, kind, order.get(i));
            if (before.position() != i + 1) {
              Choice after = at(before, i + 1);
              rows.update(before, after);
              trail.record(SchemaEvents.choice(before, after));
            }
          }
          return rows.names(kind).choices();
        });
  }

  /** What uses a choice (LEAD-141). */
  public Usage usage(String kind, long id) {
    ChoiceNames names = rows.names(kind(kind));
    Choice choice = find(names, kind, id);
    return usage(choice, names, data.countListed(kind, names.forms(choice)));
  }

  private Usage usage(Choice choice, ChoiceNames names, long listed) {
    Map<String, Long> records = new java.util.LinkedHashMap<>();
    data.countChoice(choice.kind(), names.forms(choice))
        .forEach((EntityType entity, Long count) -> records.put(entity.path(), count));
    if (listed > 0) {
      records.put(LISTED, listed);
    }
    List<Choice> statuses =
        choice.kind().equals("stage")
            ? rows.names("status").choices().stream()
                .filter(status -> Objects.equals(status.parent(), choice.id()))
                .toList()
            : List.of();
    List<FieldDefinitions.Use> named = new ArrayList<>();
    uses.orderedStream().forEach(room -> named.addAll(room.ofChoice(choice)));
    return new Usage(records, statuses, named, lastActive(choice, names));
  }

  /**
   * Deletes a choice (LEAD-141, PLT-D02). One that is used needs another in its place, which its records, its statuses and
   * the automations that name it have from then on; at once, without a change of the records themselves.
   *
   * @param replacement the id of the choice in its place; of a status, one of the same stage
   */
  public void delete(String kind, long id, @Nullable Long replacement) {
    ChoiceNames seen = rows.names(kind(kind));
    // Nobody else waits for the walk through all leads of lists.
    long listed = data.countListed(kind, seen.forms(find(seen, kind, id)));
    changing(
        () -> {
          ChoiceNames names = rows.names(kind);
          Choice choice = find(names, kind, id);
          ChoiceCheck.deletable(choice);
          Usage usage = usage(choice, names, listed);
          if (usage.last()) {
            throw new RefusedException(
                Reason.CONFLICT,
                "The last active stage cannot be deleted",
                List.of(Violation.of("stage", choice.label(), "not the last active stage")));
          }
          Choice instead = replacement == null ? null : replacement(names, choice, replacement);
          if (instead == null && usage.used()) {
            throw used(choice, usage);
          }
          rows.delete(choice, instead);
          uses.orderedStream().forEach(room -> room.renamed(choice));
          trail.record(
              SchemaEvents.choice(choice, null)
                  .fact("replacedBy", instead == null ? null : instead.label())
                  .fact("records", usage.records().values().stream().mapToLong(n -> n).sum()));
          return choice;
        });
  }

  private Choice replacement(ChoiceNames names, Choice choice, long id) {
    Choice instead = names.choice(id).orElse(null);
    if (instead == null
        || id == choice.id()
        || !Objects.equals(instead.parent(), choice.parent())) {
      throw ChoiceCheck.refused(
          "replacement",
          id,
          "the id of another "
              + choice.kind()
              + (choice.parent() == null ? "" : " of the same stage"));
    }
    return instead;
  }

  private static RefusedException used(Choice choice, Usage usage) {
    List<Violation> violations = new ArrayList<>();
    String expectation = "the id of the " + choice.kind() + " to put in its place";
    usage
        .records()
        .forEach(
            (path, count) -> {
              if (count > 0) {
                violations.add(
                    Violation.of(
                        "replacement",
                        count + " " + (path.equals(LISTED) ? "leads of lists" : path),
                        expectation));
              }
            });
    usage
        .statuses()
        .forEach(
            status -> violations.add(Violation.of("replacement", status.label(), expectation)));
    usage
        .uses()
        .forEach(
            use ->
                violations.add(
                    Violation.of(
                        "replacement", use.kind() + " '" + use.name() + "'", expectation)));
    return new RefusedException(
        Reason.CONFLICT, choice.label() + " is used: choose what takes its place", violations);
  }

  private boolean lastActive(Choice choice, ChoiceNames names) {
    return choice.kind().equals("stage")
        && choice.active()
        && names.choices().stream().filter(Choice::active).count() == 1;
  }

  /** A status that leads have stays with its stage: they would have a status of another stage otherwise (LEAD-140). */
  private void keepStatuses(Choice status, ChoiceNames names) {
    long leads = data.countChoice("status", names.forms(status)).getOrDefault(EntityType.LEAD, 0L);
    if (leads > 0) {
      throw ChoiceCheck.refused(
          "parent",
          status.parent(),
          "the stage it has, because "
              + leads
              + " leads have this status; give them another first");
    }
  }

  private static Choice find(ChoiceNames names, String kind, long id) {
    return names.choice(id).orElseThrow(() -> RefusedException.notFound(kind, id));
  }

  private static Choice changed(Choice before, ChangedChoice asked) {
    return new Choice(
        before.id(),
        before.kind(),
        asked.label() == null ? before.label() : TypeDefinitions.label(asked.label()),
        asked.position() == null ? before.position() : asked.position(),
        asked.colour() == null ? before.colour() : ChoiceCheck.colour(asked.colour()),
        asked.active() == null ? before.active() : asked.active(),
        asked.hidden() == null ? before.hidden() : asked.hidden(),
        asked.parent() == null ? before.parent() : asked.parent(),
        before.delivered(),
        asked.shared() == null ? before.shared() : asked.shared(),
        before.stored(),
        asked.offered() == null ? before.offered() : asked.offered());
  }

  private static Choice kept(Choice choice, String form) {
    return new Choice(
        choice.id(),
        choice.kind(),
        choice.label(),
        choice.position(),
        choice.colour(),
        choice.active(),
        choice.hidden(),
        choice.parent(),
        choice.delivered(),
        choice.shared(),
        form,
        choice.offered());
  }

  private static Choice at(Choice choice, int position) {
    return changed(choice, new ChangedChoice(null, position, null, null, null, null, null, null));
  }

  private static void write(Runnable change, Choice choice) {
    try {
      change.run();
    } catch (DuplicateKeyException e) {
      throw ChoiceCheck.refused(
          "label", choice.label(), "a name that no other " + choice.kind() + " has");
    }
  }
}
