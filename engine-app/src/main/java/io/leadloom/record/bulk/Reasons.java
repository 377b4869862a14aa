package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Violation;
import io.leadloom.record.BulkOperation.Done;
import io.leadloom.record.BulkOperation.Failed;
import io.leadloom.record.BulkOperation.Outcome;
import io.leadloom.record.WriteResult;
import io.leadloom.record.deal.rule.DealRules;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What results mean for people; no value of a record stands in it, since reasons outlive records (ENG-125). */
final class Reasons {

  static final String NOT_THERE = "It does not exist any more, or you do not see it";
  static final String NOT_ALLOWED = "Your permissions do not include this for the record";
  static final String NOT_TAKEN = "The database does not take it";
  static final String IN_TRASH = "It is in the trash";

  /** Which other record has a value that only one may have. */
  private static final Pattern HOLDER = Pattern.compile("; \\S+ has it$");

  private Reasons() {}

  /**
   * The outcome of a command.
   *
   * @param undo what is needed to take it back, when something has changed
   */
  static Outcome of(WriteResult result, @Nullable JsonNode undo) {
    if (result instanceof WriteResult.Written written) {
      return new Done(written.changed(), written.changed() ? undo : null);
    }
    if (result instanceof WriteResult.Refused refused) {
      return new Failed(
          refused.violations().stream().map(Reasons::of).collect(Collectors.joining("; ")));
    }
    if (result instanceof WriteResult.Forbidden) {
      return new Failed(NOT_ALLOWED);
    }
    return new Failed(
        result instanceof WriteResult.Missing ? IN_TRASH : "Somebody changed it meanwhile");
  }

  private static String of(Violation violation) {
    return violation.field() + ": expected " + expectation(violation);
  }

  private static String expectation(Violation violation) {
    // These two are about the stage and the status that the record has, and say them.
    return switch (violation.field()) {
      case "stage" ->
          violation.expectation().equals(DealRules.STAGE_GONE)
              ? DealRules.STAGE_GONE
              : "a stage that the record may have";
      case "status" ->
          "a status of the record's stage that you may give, in place of one that you may take away";
      default -> HOLDER.matcher(violation.expectation()).replaceFirst("");
    };
  }
}
