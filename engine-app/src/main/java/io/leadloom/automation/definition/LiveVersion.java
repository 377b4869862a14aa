package io.leadloom.automation.definition;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.process.ExecutableProcess;
import io.leadloom.process.ProcessModel;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A published version in the form that runs. Immutable and thread-safe; holds engine memory until closed.
 *
 * @param id the id of the version row
 * @param key the automation's key
 * @param actions what the cards do, by node
 * @param waits until when the timers wait, by node
 * @param events what the event waits wait for, by node
 * @param needs what must be loaded for a run to go on, beyond what conditions need
 * @param conditionIds the flows and waits that have a condition, and {@code trigger}
 * @param unfit why parts of it no longer fit the account, by element id, and {@code trigger} when it cannot start: a run
 *     that comes to such a part stops there and says so
 */
public record LiveVersion(
    long id,
    long automationId,
    String key,
    String name,
    ProcessModel model,
    ExecutableProcess process,
    @Nullable CompiledConditions conditions,
    Trigger trigger,
    Reentry reentry,
    ZoneId zone,
    Map<String, Card.Action> actions,
    Map<String, WaitTime> waits,
    Map<String, Trigger> events,
    Set<CardScope.Need> needs,
    Set<String> conditionIds,
    Map<String, String> unfit) {

  /** The id under which a trigger's condition is compiled. */
  public static final String TRIGGER = "trigger";

  /** Why it can start nothing at all; null when it can. */
  public @Nullable String unusable() {
    return unfit.get(TRIGGER);
  }

  void close() {
    process.close();
    if (conditions != null) {
      conditions.close();
    }
  }
}
