package io.leadloom.process;

import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;

/**
 * A token at a card. When the card waits or fails, the token stays with its id, so that the run can be carried on from
 * here; timers on the card's boundary run meanwhile.
 */
final class CardStep extends Step {

  private static final long serialVersionUID = 1L;

  /** The state keeps the message; the whole text belongs into the caller's log. */
  private static final int LONGEST_MESSAGE = 500;

  /** A boundary timer that runs. */
  record Armed(EngineNode boundary, long id, int visit, Instant due) {}

  /** The id of what the run waits for here; 0 while it does not wait. */
  long wait;

  /** Why it stands; null while it does not stand failed. */
  @Nullable String failure;

  transient List<Armed> armed = List.of();

  CardStep(EngineNode place) {
    super(place);
  }

  @Override
  public void internalTrigger(KogitoNodeInstance from, String type) {
    perform();
  }

  private void perform() {
    Outcome outcome = run().door().perform(place.modelId, visit);
    if (outcome instanceof Outcome.Done) {
      done();
    } else if (outcome instanceof Outcome.Wait) {
      stay(null);
    } else if (outcome instanceof Outcome.Failed failed) {
      fail(failed.message());
    } else {
      run().stop();
    }
  }

  private void done() {
    if (wait != 0) {
      run().door().left(place.modelId, visit);
    }
    wait = 0;
    armed = List.of();
    goOn();
  }

  private void stay(@Nullable String why) {
    boolean first = wait == 0;
    wait = run().nextId();
    failure = why;
    if (first && place.timers.length > 0) {
      armed = new ArrayList<>();
      for (EngineNode boundary : place.timers) {
        int boundaryVisit = run().visit(boundary);
        armed.add(
            new Armed(boundary, run().nextId(), boundaryVisit, run().due(boundary, boundaryVisit)));
      }
    }
  }

  private void fail(String message) {
    String kept =
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    EngineNode onError = place.onError;
    if (onError == null) {
      stay(kept);
    } else {
      cancel(CancelType.ERROR);
      run().take(onError, 0);
    }
  }

  @Override
  void addWaits(List<Wait> waits) {
    if (wait != 0) {
      String id = Run.text(wait);
      waits.add(
          failure == null
              ? new Wait.Card(id, place.modelId, visit)
              : new Wait.Failure(id, place.modelId, visit, failure));
    }
    for (Armed timer : armed) {
      waits.add(
          new Wait.Timer(
              Run.text(timer.id()), timer.boundary().modelId, timer.visit(), timer.due()));
    }
  }

  @Override
  boolean serve(Signal signal) {
    if (wait != 0 && signal.waitId().equals(Run.text(wait))) {
      if (failure == null && signal instanceof Signal.Complete
          || failure != null && signal instanceof Signal.Skip) {
        done();
      } else if (failure == null && signal instanceof Signal.Fail fail) {
        fail(fail.message());
      } else if (failure != null && signal instanceof Signal.Retry) {
        perform();
      } else {
        throw Run.unfit(signal, place);
      }
      return true;
    }
    for (Armed timer : armed) {
      if (signal.waitId().equals(Run.text(timer.id()))) {
        if (!(signal instanceof Signal.TimerFired)) {
          throw Run.unfit(signal, timer.boundary());
        }
        fire(timer);
        return true;
      }
    }
    return false;
  }

  private void fire(Armed timer) {
    if (timer.boundary().interrupting) {
      cancel(CancelType.OBSOLETE);
    } else {
      armed.remove(timer);
    }
    run().take(timer.boundary(), timer.visit());
  }

  @Override
  public void cancel(CancelType cancelType) {
    super.cancel(cancelType);
    if (wait != 0) {
      run().door().dropped(place.modelId, visit);
    }
  }
}
