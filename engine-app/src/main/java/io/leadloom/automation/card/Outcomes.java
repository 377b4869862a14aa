package io.leadloom.automation.card;

import io.leadloom.platform.Violation;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.WriteResult;

/** What the result of a write means for the card that asked for it. */
public final class Outcomes {

  private Outcomes() {}

  /** Done, or failed with the reason in the words of a user. */
  public static Outcome of(WriteResult result) {
    if (result instanceof WriteResult.Written) {
      return Outcome.DONE;
    }
    if (result instanceof WriteResult.Refused refused) {
      StringBuilder message = new StringBuilder();
      for (Violation violation : refused.violations()) {
        message.append(message.isEmpty() ? "" : "; ").append(violation.field()).append(": ");
        message.append(violation.expectation());
        if (violation.value() != null) {
          message.append(", not '").append(violation.value()).append('\'');
        }
      }
      return new Outcome.Failed(message.toString());
    }
    if (result instanceof WriteResult.Missing missing) {
      return new Outcome.Failed("There is no " + missing.ref() + ", or it is in the trash");
    }
    return new Outcome.Failed("Somebody else changed the record at the same time");
  }
}
