package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stage and status of leads on the one write path: every lead has a stage (PLT-012, PLT-D03), a status belongs to the
 * lead's stage (LEAD-140), and some statuses are given by administrators only (LEAD-139).
 */
final class Classification {

  private static final String STAGE = "stage";
  private static final String STATUS = "status";
  private static final int LONGEST_COMMENT = 2_000;

  private final Schema schema;
  private final Rights rights;

  Classification(Schema schema, Rights rights) {
    this.schema = schema;
    this.rights = rights;
  }

  private @Nullable ChoiceNames names(String key) {
    return schema.field(EntityType.LEAD, key).map(Field::names).orElse(null);
  }

  private static @Nullable Choice choice(@Nullable ChoiceNames names, @Nullable Object label) {
    return names == null || !(label instanceof String text) ? null : names.find(text).orElse(null);
  }

  /** Fills in the stage of a new lead, or complains where a person has to choose it. */
  void ofNew(Values values, Cause cause, List<Violation> violations) {
    if (values.get(STAGE) == null && violations.stream().noneMatch(v -> v.field().equals(STAGE))) {
      Field stage = schema.field(EntityType.LEAD, STAGE).orElse(null);
      if (schema.leadSettings().stageMandatory()
          && cause.kind() == Cause.Kind.USER
          && !rights.hides(EntityType.LEAD, STAGE)
          && !rights.onlyReads(EntityType.LEAD, STAGE)) {
        violations.add(Violation.of(STAGE, null, "a stage" + oneOf(names(STAGE))));
      } else if (stage != null && stage.defaultValue() != null) {
        values.with(STAGE, stage.defaultValue());
      }
    }
    if (values.get(STATUS) != null) {
      belongs(values, values.get(STAGE), violations);
      mayGive(values, null, cause, violations);
    }
    if (schema.leadSettings().flagOnAllocation()) {
      Allocation.ofNew(values, cause);
    }
  }

  /**
   * Checks a change of stage or status; a status that does not belong to a new stage goes with the old one (LEAD-094).
   *
   * @param said what was said about the change of the stage
   * @return that, in the form in which it is kept
   */
  @Nullable String ofChange(
      Record before,
      Values changes,
      @Nullable String said,
      Cause cause,
      List<Violation> violations) {
    if (before.ref().type() == EntityType.LEAD) {
      ofLead(before, changes, cause, violations);
      if (schema.leadSettings().flagOnAllocation()) {
        Allocation.ofChange(before, changes, cause);
      }
    }
    return comment(before, changes, said, violations);
  }

  private void ofLead(Record before, Values changes, Cause cause, List<Violation> violations) {
    if (changes.has(STAGE) && changes.get(STAGE) == null) {
      violations.add(
          Violation.of(STAGE, null, "a stage: every lead has one" + oneOf(names(STAGE))));
      return;
    }
    Object stage = changes.has(STAGE) ? changes.get(STAGE) : before.values().get(STAGE);
    boolean moved = !Objects.equals(stage, before.values().get(STAGE));
    Object had = before.values().get(STATUS);
    if (changes.has(STATUS)) {
      belongs(changes, stage, violations);
      mayGive(changes, had, cause, violations);
    } else if (moved && had != null) {
      Choice status = choice(names(STATUS), had);
      Choice now = choice(names(STAGE), stage);
      if (status == null || now == null || !Objects.equals(status.parent(), now.id())) {
        changes.with(STATUS, null);
        mayGive(changes, had, cause, violations);
      }
    }
  }

  /** The comment on a change of the stage, checked; null for none (PLT-016, PLT-D05). */
  private @Nullable String comment(
      Record before, Values changes, @Nullable String said, List<Violation> violations) {
    String comment = said == null ? "" : said.strip();
    if (comment.isEmpty()) {
      return null;
    }
    boolean moved =
        before.ref().type() == EntityType.LEAD
            && changes.has(STAGE)
            && !Objects.equals(changes.get(STAGE), before.values().get(STAGE));
    if (!schema.leadSettings().stageComments()) {
      violations.add(
          Violation.of("comment", said, "nothing: comments on changes of the stage are off"));
    } else if (!moved) {
      violations.add(Violation.of("comment", said, "nothing: the stage does not change"));
    } else if (comment.length() > LONGEST_COMMENT) {
      violations.add(
          Violation.of("comment", null, "a text of at most " + LONGEST_COMMENT + " characters"));
    }
    return comment;
  }

  private void belongs(Values values, @Nullable Object stage, List<Violation> violations) {
    ChoiceNames statuses = names(STATUS);
    Choice status = choice(statuses, values.get(STATUS));
    Choice of = choice(names(STAGE), stage);
    if (statuses == null
        || status == null
        || of != null && Objects.equals(status.parent(), of.id())) {
      return;
    }
    List<String> fitting =
        of == null
            ? List.of()
            : statuses.choices().stream()
                .filter(choice -> Objects.equals(choice.parent(), of.id()))
                .map(Choice::label)
                .toList();
    violations.add(
        Violation.of(
            STATUS,
            status.label(),
            fitting.isEmpty()
                ? "no value: the stage " + stage + " has no statuses"
                : "a status of the stage " + stage + ": " + String.join(", ", fitting)));
  }

  /** Complains when somebody who is no administrator gives, or takes away, a status that only those give. */
  private void mayGive(
      Values values, @Nullable Object had, Cause cause, List<Violation> violations) {
    boolean person =
        switch (cause.kind()) {
          case USER, API -> true;
          case IMPORT -> cause.userId() != null;
          case AUTOMATION, CONNECTOR, SYSTEM -> false;
        };
    if (!person || rights.everything() || Objects.equals(values.get(STATUS), had)) {
      return;
    }
    Choice given = choice(names(STATUS), values.get(STATUS));
    Choice taken = choice(names(STATUS), had);
    if (given != null && !given.shared()) {
      violations.add(
          Violation.of(STATUS, given.label(), "a status that not only administrators may give"));
    } else if (taken != null && !taken.shared()) {
      violations.add(
          Violation.of(
              STATUS,
              values.get(STATUS),
              "no other value: only administrators change " + taken.label()));
    }
  }

  private static String oneOf(@Nullable ChoiceNames stages) {
    return stages == null
        ? ""
        : ", one of: "
            + String.join(", ", stages.choices().stream().map(Choice::label).limit(20).toList());
  }
}
