package io.leadloom.process;

import org.jbpm.process.instance.impl.ConstraintEvaluator;
import org.jbpm.workflow.core.Constraint;
import org.jbpm.workflow.core.impl.ConstraintImpl;
import org.jbpm.workflow.instance.NodeInstance;
import org.kie.api.definition.process.Connection;

/** The condition of one flow: asks the run's door. */
final class FlowCondition extends ConstraintImpl implements ConstraintEvaluator {

  private static final long serialVersionUID = 1L;

  private final String flow;

  FlowCondition(String flow, int priority, boolean chosenByDefault) {
    this.flow = flow;
    setName(flow);
    setType("code");
    setConstraint(flow);
    setPriority(priority);
    setDefault(chosenByDefault);
  }

  @Override
  public boolean evaluate(NodeInstance instance, Connection connection, Constraint constraint) {
    return ((Run) instance.getProcessInstance()).holds(flow);
  }
}
