package io.leadloom.schema.type;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Schema.Choice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a choice may be (LEAD-132 to LEAD-136, LEAD-142, PLT-D02). */
final class ChoiceCheck {

  private ChoiceCheck() {}

  /** Refuses what a choice cannot be. */
  static void check(Choice choice, ChoiceNames names, ChoiceNames stages) {
    boolean stage = choice.kind().equals("stage");
    boolean status = choice.kind().equals("status");
    if (choice.label().matches("[0-9]+")) {
      throw refused("label", choice.label(), "not digits alone, which would be taken for an id");
    }
    boolean taken =
        names.choices().stream()
            .anyMatch(
                other ->
                    other.id() != choice.id() && other.label().equalsIgnoreCase(choice.label()));
    if (taken) {
      throw refused("label", choice.label(), "a name that no other " + choice.kind() + " has");
    }
    if (choice.position() < 1 || choice.position() > 1_000_000) {
      throw refused("position", choice.position(), "a number from 1 to 1,000,000");
    }
    if (!stage && !choice.active()) {
      throw refused("active", false, "true: only stages are active or inactive");
    }
    if (!stage && !status && choice.hidden()) {
      throw refused("hidden", true, "false: only stages and statuses hide leads");
    }
    if (!status && !choice.shared()) {
      throw refused("shared", false, "true: only statuses can be kept from others");
    }
    if (status && (choice.parent() == null || stages.choice(choice.parent()).isEmpty())) {
      throw refused("parent", choice.parent(), "the id of the stage that it depends on");
    }
    if (!choice.kind().equals("source") && !choice.offered()) {
      throw refused("offered", false, "true: only sources are offered by the form or not");
    }
    if (choice.builtIn() && !choice.offered()) {
      throw refused("offered", false, "true: the form always offers its own sources");
    }
    if (!status && choice.parent() != null) {
      throw refused("parent", choice.parent(), "nothing: only statuses depend on a stage");
    }
  }

  /** Refuses to delete a source that came with the complete form of leads (LEAD-168). */
  static void deletable(Choice choice) {
    if (choice.builtIn()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          choice.label() + " came with the form of leads and cannot be deleted",
          List.of(Violation.of("source", choice.label(), "a source that somebody has added")));
    }
  }

  /** The colour, checked; null for none. */
  static @Nullable String colour(String colour) {
    if (!colour.isEmpty() && !colour.matches("#[0-9a-fA-F]{6}")) {
      throw refused("colour", colour, "a colour such as #2f9e44");
    }
    return colour.isEmpty() ? null : colour;
  }

  static RefusedException refused(String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The definition is not acceptable", Violation.of(field, value, expectation));
  }
}
