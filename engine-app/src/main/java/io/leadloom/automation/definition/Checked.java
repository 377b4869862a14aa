package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.process.ProcessModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An automation that was read and checked; everything needed to run it when there are no problems.
 *
 * @param model null when the document is not readable at all
 * @param conditions null when there are none, or when they do not compile
 * @param unfit why conditions were left out when a stored version was read, by element id
 */
record Checked(
    @Nullable ProcessModel model,
    @Nullable Trigger trigger,
    VersionSettings settings,
    Map<String, Card.Action> actions,
    Map<String, WaitTime> waits,
    Map<String, Trigger> events,
    Set<CardScope.Need> needs,
    Set<String> conditionIds,
    @Nullable CompiledConditions conditions,
    Map<String, String> unfit,
    List<Problem> problems) {

  /** The same with one more problem. */
  Checked with(Problem problem) {
    List<Problem> more = new ArrayList<>(problems);
    more.add(problem);
    return new Checked(
        model,
        trigger,
        settings,
        actions,
        waits,
        events,
        needs,
        conditionIds,
        conditions,
        unfit,
        List.copyOf(more));
  }
}
