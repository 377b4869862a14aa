package io.leadloom.process;

import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;

/** A token that waits for a time or an event. Its wait has the id of the token. */
final class WaitStep extends Step {

  private static final long serialVersionUID = 1L;

  /** The event gateway's choice it belongs to; 0 when it stands alone. */
  long choice;

  /** When it goes on; null when it waits for an event. */
  @Nullable Instant due;

  WaitStep(EngineNode place) {
    super(place);
  }

  @Override
  public void internalTrigger(KogitoNodeInstance from, String type) {
    if (place.role == EngineNode.Role.TIMER) {
      due = run().due(place, visit);
    }
  }

  @Override
  void addWaits(List<Wait> waits) {
    waits.add(
        due == null
            ? new Wait.Event(getStringId(), place.modelId, visit)
            : new Wait.Timer(getStringId(), place.modelId, visit, due));
  }

  @Override
  boolean serve(Signal signal) {
    if (!signal.waitId().equals(getStringId())) {
      return false;
    }
    boolean fits =
        due == null ? signal instanceof Signal.EventHappened : signal instanceof Signal.TimerFired;
    if (!fits) {
      throw Run.unfit(signal, place);
    }
    if (choice != 0) {
      run().endChoice(this);
    }
    run().door().left(place.modelId, visit);
    goOn();
    return true;
  }

  @Override
  public void cancel(CancelType cancelType) {
    super.cancel(cancelType);
    if (visit > 0) {
      run().door().dropped(place.modelId, visit);
    }
  }
}
