package io.leadloom.process;

import io.leadloom.process.ExecutableProcess.CardDoor;
import io.leadloom.process.ExecutableProcess.Execution;
import io.leadloom.process.ExecutableProcess.Signal;
import io.leadloom.process.ExecutableProcess.Wait;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jbpm.ruleflow.instance.RuleFlowProcessInstance;
import org.jbpm.workflow.instance.NodeInstance;
import org.jbpm.workflow.instance.impl.NodeInstanceImpl;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.process.WorkflowElementIdentifier;
import org.kie.kogito.internal.process.runtime.KogitoNodeInstance;
import org.kie.kogito.internal.process.runtime.KogitoProcessInstance;

/**
 * A run in memory, for the length of one call. It is jBPM's process instance with a queue instead of a call stack, short
 * ids and a count of visits; it knows its door, so nothing is looked up per run.
 */
final class Run extends RuleFlowProcessInstance {

  private static final long serialVersionUID = 1L;

  /** More steps than any model without a loop can take in one call. */
  private static final int MOST_STEPS = 100_000;

  private record Move(NodeInstance to, @Nullable NodeInstance from, @Nullable String type) {}

  private final transient Definition definition;
  private final transient CardDoor door;
  private final transient ArrayDeque<Move> moves = new ArrayDeque<>();
  private final transient List<Move> next = new ArrayList<>();
  private final int[] visits;
  private long lastId;
  private transient @Nullable RuntimeException thrown;

  Run(Definition definition, CardDoor door) {
    this.definition = definition;
    this.door = door;
    visits = new int[definition.size()];
    setId("run");
    setProcess(definition.process());
    setKnowledgeRuntime(definition.runtime());
    setSignalCompletion(false);
  }

  // What ExecutableProcess does with it

  Execution begin() {
    Execution execution =
        carryOn(
            () -> {
              start();
              return true;
            });
    if (execution == null) {
      throw new IllegalStateException("A started run stands nowhere");
    }
    return execution;
  }

  /** Carries a restored run on; null when the wait is no longer there. */
  @Nullable Execution serve(Signal signal) {
    return carryOn(
        () -> {
          for (NodeInstance standing : List.copyOf(getNodeInstances(false))) {
            boolean served =
                standing instanceof Step step
                    ? step.serve(signal)
                    : standing instanceof JoinStep join && join.serve(signal);
            if (served) {
              return true;
            }
          }
          return false;
        });
  }

  private @Nullable Execution carryOn(BooleanSupplier first) {
    try {
      if (!first.getAsBoolean()) {
        return null;
      }
      advance();
      settleJoins();
    } catch (RuntimeException problem) {
      throw thrown == null ? problem : thrown;
    }
    if (getState() != KogitoProcessInstance.STATE_ACTIVE) {
      return new Execution(true, null, List.of());
    }
    return new Execution(false, RunStates.write(this), waits());
  }

  List<Wait> waits() {
    List<Wait> waits = new ArrayList<>();
    for (NodeInstance standing : getNodeInstances(false)) {
      if (standing instanceof Step step) {
        step.addWaits(waits);
      } else if (standing instanceof JoinStep join) {
        join.addWaits(waits);
      }
    }
    return waits;
  }

  // Moving on

  void follow(NodeInstance to, @Nullable NodeInstance from, @Nullable String type) {
    next.add(new Move(to, from, type));
  }

  /** Puts a token on a boundary event. */
  void take(EngineNode boundary, int visit) {
    NodeInstance taken = getNodeInstance(boundary.node());
    ((Step) taken).visit = visit;
    follow(taken, null, org.jbpm.workflow.core.Node.CONNECTION_DEFAULT_TYPE);
  }

  private void advance() {
    int steps = 0;
    queueNext();
    for (Move move = moves.pollLast();
        move != null && getState() == KogitoProcessInstance.STATE_ACTIVE;
        move = moves.pollLast()) {
      if (++steps > MOST_STEPS) {
        throw new IllegalStateException(
            "The run of " + getProcessId() + " goes round without a wait");
      }
      NodeInstance to = move.to();
      if (to instanceof JoinStep && !getNodeInstances(false).contains(to)) {
        to = getNodeInstance(to.getNode());
      }
      announce(to);
      ((NodeInstanceImpl) to).trigger((KogitoNodeInstance) move.from(), move.type());
      queueNext();
    }
    moves.clear();
  }

  /** The first branch is walked to its end or wait before the second starts. */
  private void queueNext() {
    for (int last = next.size() - 1; last >= 0; last--) {
      moves.addLast(next.get(last));
    }
    next.clear();
  }

  private void announce(NodeInstance to) {
    EngineNode place = definition.place(to.getNode());
    if (!place.drawn || to instanceof JoinStep) {
      return;
    }
    int visit;
    if (to instanceof Step step) {
      if (step.visit == 0) {
        step.visit = visit(place);
      }
      visit = step.visit;
    } else {
      visit = visit(place);
    }
    door.entered(place.modelId, visit);
  }

  /** When nothing moves any more: inclusive joins that need not wait, then joins that would wait for ever. */
  private void settleJoins() {
    boolean moved = true;
    while (moved && getState() == KogitoProcessInstance.STATE_ACTIVE) {
      moved = false;
      List<JoinStep> joins = new ArrayList<>();
      boolean waits = false;
      for (NodeInstance standing : getNodeInstances(false)) {
        if (standing instanceof JoinStep join) {
          joins.add(join);
        } else {
          waits = true;
        }
      }
      for (JoinStep join : joins) {
        if (join.place.role == EngineNode.Role.INCLUSIVE_JOIN && join.inclusiveReady()) {
          join.release();
          advance();
          moved = true;
          break;
        }
      }
      if (!moved && !waits) {
        joins.forEach(JoinStep::markStuck);
      }
    }
  }

  void stop() {
    setState(KogitoProcessInstance.STATE_COMPLETED);
  }

  void endChoice(WaitStep first) {
    for (NodeInstance standing : List.copyOf(getNodeInstances(false))) {
      if (standing != first && standing instanceof WaitStep other && other.choice == first.choice) {
        other.cancel(KogitoNodeInstance.CancelType.OBSOLETE);
      }
    }
  }

  // What the nodes ask for

  CardDoor door() {
    return door;
  }

  boolean holds(String flow) {
    try {
      return door.holds(flow);
    } catch (RuntimeException problem) {
      thrown = problem;
      throw problem;
    }
  }

  /** Precise to the microsecond, as states keep it. */
  Instant due(EngineNode place, int visit) {
    return door.due(place.modelId, visit).truncatedTo(ChronoUnit.MICROS);
  }

  int visit(EngineNode place) {
    return ++visits[place.index];
  }

  long nextId() {
    return ++lastId;
  }

  static String text(long id) {
    return Long.toString(id, Character.MAX_RADIX);
  }

  static IllegalArgumentException unfit(Signal signal, EngineNode place) {
    return new IllegalArgumentException(
        signal.getClass().getSimpleName()
            + " does not fit what the run waits for at "
            + place.modelId);
  }

  int indexOf(WorkflowElementIdentifier node) {
    return definition.place(node).index;
  }

  /** Where the other tokens stand. */
  List<EngineNode> standing(JoinStep apartFrom) {
    List<EngineNode> places = new ArrayList<>();
    for (NodeInstance standing : getNodeInstances(false)) {
      if (standing != apartFrom) {
        places.add(definition.place(standing.getNode()));
      }
    }
    return places;
  }

  // For the state codec

  Definition definition() {
    return definition;
  }

  int[] visits() {
    return visits;
  }

  long lastId() {
    return lastId;
  }

  void restoreFrom(long id) {
    setInternalState(KogitoProcessInstance.STATE_ACTIVE);
    lastId = id;
  }

  void restore(NodeInstanceImpl token, EngineNode place, String id) {
    token.setId(id);
    token.setNodeId(place.node().getId());
    token.setLevel(1);
    token.setNodeInstanceContainer(this);
    token.setProcessInstance(this);
  }

  // How it differs from jBPM's process instance

  @Override
  public void internalStart(String trigger) {
    follow(getNodeInstance(definition.start().node()), null, null);
  }

  @Override
  public NodeInstance getNodeInstance(org.kie.api.definition.process.Node node) {
    EngineNode place = definition.place(node);
    boolean collects =
        place.role == EngineNode.Role.JOIN || place.role == EngineNode.Role.INCLUSIVE_JOIN;
    if (collects) {
      for (NodeInstance standing : getNodeInstances(false)) {
        if (standing instanceof JoinStep join && join.place == place) {
          return join;
        }
      }
    }
    NodeInstanceImpl token = newToken(place);
    restore(token, place, text(nextId()));
    return token;
  }

  private static NodeInstanceImpl newToken(EngineNode place) {
    return switch (place.role) {
      case START -> new FlowSteps.Start();
      case END -> new FlowSteps.End();
      case CARD -> new CardStep(place);
      case TIMER, EVENT -> new WaitStep(place);
      case PASS -> new Step.Pass(place);
      case SPLIT, EVENT_SPLIT -> new FlowSteps.Branch();
      case MERGE, JOIN, INCLUSIVE_JOIN -> new JoinStep(place);
    };
  }

  @Override
  public @Nullable NodeInstance getNodeInstance(String id, boolean recursive) {
    for (NodeInstance standing : getNodeInstances(false)) {
      if (standing.getStringId().equals(id)) {
        return standing;
      }
    }
    return null;
  }

  /** The run is over when no token stands and none is on its way. */
  @Override
  public void nodeInstanceCompleted(NodeInstance ended, String outType) {
    if (getNodeInstances(false).isEmpty() && moves.isEmpty() && next.isEmpty()) {
      setState(KogitoProcessInstance.STATE_COMPLETED);
    }
  }

  @Override
  public int getLevelForNode(String uniqueId) {
    return 1;
  }

  @Override
  public void setCurrentLevel(int level) {}

  /** Only compensation needs it, and it would grow with every visit of a loop. */
  @Override
  public void addCompletedNodeId(String uniqueId) {}
}
