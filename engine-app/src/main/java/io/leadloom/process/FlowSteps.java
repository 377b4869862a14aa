package io.leadloom.process;

import java.util.List;
import org.jbpm.workflow.core.node.Split;
import org.jbpm.workflow.instance.NodeInstance;
import org.jbpm.workflow.instance.NodeInstanceContainer;
import org.jbpm.workflow.instance.node.EndNodeInstance;
import org.jbpm.workflow.instance.node.SplitInstance;
import org.jbpm.workflow.instance.node.StartNodeInstance;
import org.kie.api.definition.process.Connection;

/** jBPM's own node instances, with each next node queued instead of called, so that long runs need no deep stack. */
final class FlowSteps {

  private FlowSteps() {}

  static final class Start extends StartNodeInstance {

    private static final long serialVersionUID = 1L;

    @Override
    protected void triggerNodeInstance(NodeInstance next, String type, boolean fireEvents) {
      ((Run) getProcessInstance()).follow(next, this, type);
    }

    @Override
    protected void captureExecutionException(Runnable runnable) {
      runnable.run();
    }
  }

  static final class End extends EndNodeInstance {

    private static final long serialVersionUID = 1L;

    @Override
    protected void captureExecutionException(Runnable runnable) {
      runnable.run();
    }
  }

  /** Exclusive and inclusive choices are jBPM's; parallel branches and event gateways keep the author's order. */
  static final class Branch extends SplitInstance {

    private static final long serialVersionUID = 1L;

    @Override
    protected void executeStrategy(Split split, String type) {
      switch (split.getType()) {
        case Split.TYPE_AND -> followAll(split, 0);
        case Split.TYPE_XAND -> followAll(split, ((Run) getProcessInstance()).nextId());
        default -> super.executeStrategy(split, type);
      }
    }

    private void followAll(Split split, long choice) {
      ((NodeInstanceContainer) getNodeInstanceContainer()).removeNodeInstance(this);
      List<Connection> outgoing = split.getDefaultOutgoingConnections();
      for (Connection connection : outgoing) {
        NodeInstance next = followConnection(connection);
        if (choice != 0 && next instanceof WaitStep wait) {
          wait.choice = choice;
        }
        triggerNodeInstance(next, connection.getToType());
      }
    }

    /** Only jBPM's loop levels need it, which runs here do without. */
    @Override
    protected boolean hasLoop(
        org.kie.api.definition.process.Node startAt, org.kie.api.definition.process.Node lookFor) {
      return true;
    }

    @Override
    protected void triggerNodeInstance(NodeInstance next, String type, boolean fireEvents) {
      ((Run) getProcessInstance()).follow(next, this, type);
    }

    @Override
    protected void captureExecutionException(Runnable runnable) {
      runnable.run();
    }
  }
}
