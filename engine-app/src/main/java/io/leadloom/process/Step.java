package io.leadloom.process;

import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.util.List;
import org.jbpm.workflow.core.Node;
import org.jbpm.workflow.instance.NodeInstance;
import org.jbpm.workflow.instance.impl.NodeInstanceImpl;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;

/** A token at a node that Leadloom runs itself: cards, waits and nodes that go straight on. */
abstract class Step extends NodeInstanceImpl {

  private static final long serialVersionUID = 1L;

  final transient EngineNode place;
  int visit;

  Step(EngineNode place) {
    this.place = place;
  }

  Run run() {
    return (Run) getProcessInstance();
  }

  /** What the run waits for here. */
  void addWaits(List<Wait> waits) {}

  /** Serves the wait that the signal names, when it is here. */
  boolean serve(Signal signal) {
    return false;
  }

  final void goOn() {
    triggerCompleted(Node.CONNECTION_DEFAULT_TYPE, true);
  }

  @Override
  protected final void triggerNodeInstance(NodeInstance next, String type, boolean fireEvents) {
    run().follow(next, this, type);
  }

  /** What a card's door throws belongs to the caller, unwrapped. */
  @Override
  protected final void captureExecutionException(Runnable runnable) {
    runnable.run();
  }

  /** Goes straight on. */
  static final class Pass extends Step {

    private static final long serialVersionUID = 1L;

    Pass(EngineNode place) {
      super(place);
    }

    @Override
    public void internalTrigger(KogitoNodeInstance from, String type) {
      goOn();
    }
  }
}
