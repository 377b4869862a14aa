package io.leadloom.process;

import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.util.BitSet;
import java.util.Map;
import org.jbpm.workflow.instance.NodeInstance;
import org.jbpm.workflow.instance.node.JoinInstance;
import org.kie.api.definition.process.WorkflowElementIdentifier;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;

/**
 * Tokens at a joining gateway. Exclusive and parallel joins are jBPM's. An inclusive join is looked at when the rest of the
 * run stands still, because a branch may end without ever reaching it; jBPM looks only when a token arrives, and would wait
 * for ever.
 */
final class JoinStep extends JoinInstance {

  private static final long serialVersionUID = 1L;

  final transient EngineNode place;

  /** The id of the failure shown when the missing branches can no longer come; 0 otherwise. */
  long stuck;

  int stuckVisit;

  JoinStep(EngineNode place) {
    this.place = place;
  }

  private Run run() {
    return (Run) getProcessInstance();
  }

  @Override
  public void internalTrigger(KogitoNodeInstance from, String type) {
    if (place.role == EngineNode.Role.INCLUSIVE_JOIN) {
      getTriggers().merge(from.getNodeId(), 1, Integer::sum);
    } else {
      super.internalTrigger(from, type);
    }
  }

  @Override
  public void triggerCompleted() {
    if (place.drawn) {
      int visit = stuck == 0 ? run().visit(place) : stuckVisit;
      run().door().entered(place.modelId, visit);
    }
    stuck = 0;
    super.triggerCompleted();
  }

  boolean holdsTokens() {
    return !getTriggers().isEmpty();
  }

  /** Whether no token elsewhere can still come along a flow that has none, following the BPMN 2.0 rule. */
  boolean inclusiveReady() {
    Map<Integer, BitSet> upstream = place.upstream;
    BitSet arrived = new BitSet();
    for (WorkflowElementIdentifier source : getTriggers().keySet()) {
      arrived.set(run().indexOf(source));
    }
    for (EngineNode token : run().standing(this)) {
      boolean couldCome = false;
      boolean couldFollow = false;
      for (Map.Entry<Integer, BitSet> source : upstream.entrySet()) {
        if (source.getValue().get(token.index)) {
          if (arrived.get(source.getKey())) {
            couldFollow = true;
          } else {
            couldCome = true;
          }
        }
      }
      if (couldCome && !couldFollow) {
        return false;
      }
    }
    return true;
  }

  /** Lets one token of each arrived branch through, together. */
  void release() {
    getTriggers().replaceAll((source, count) -> count - 1);
    getTriggers().values().removeIf(count -> count == 0);
    triggerCompleted();
  }

  void markStuck() {
    if (stuck == 0) {
      stuck = run().nextId();
      stuckVisit = run().visit(place);
    }
  }

  void addWaits(java.util.List<Wait> waits) {
    if (stuck != 0) {
      waits.add(
          new Wait.Failure(
              Run.text(stuck),
              place.modelId,
              stuckVisit,
              "Waits for branches that can no longer come: each branch that enters must also reach this join"));
    }
  }

  boolean serve(Signal signal) {
    if (stuck == 0 || !signal.waitId().equals(Run.text(stuck))) {
      return false;
    }
    if (signal instanceof Signal.Skip) {
      release();
    } else if (!(signal instanceof Signal.Retry)) {
      throw Run.unfit(signal, place);
    }
    return true;
  }

  @Override
  protected void triggerNodeInstance(NodeInstance next, String type, boolean fireEvents) {
    run().follow(next, this, type);
  }

  @Override
  protected void captureExecutionException(Runnable runnable) {
    runnable.run();
  }
}
