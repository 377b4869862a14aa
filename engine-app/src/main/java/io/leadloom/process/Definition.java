package io.leadloom.process;

import io.leadloom.process.EngineNode.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.drools.core.common.InternalKnowledgeRuntime;
import org.jbpm.ruleflow.core.RuleFlowProcess;
import org.jbpm.workflow.core.impl.NodeImpl;
import org.jbpm.workflow.core.node.Split;
import org.jspecify.annotations.Nullable;
import org.kie.api.definition.process.Connection;
import org.kie.api.definition.process.Node;
import org.kie.api.definition.process.WorkflowElementIdentifier;

/** What all runs of one version share; unchanging, so that any number of threads may use it. */
final class Definition {

  private final RuleFlowProcess process;
  private final InternalKnowledgeRuntime runtime;
  private final String version;
  private final List<EngineNode> nodes;
  private final Map<Node, EngineNode> byNode = new IdentityHashMap<>();
  private final Map<WorkflowElementIdentifier, EngineNode> byId = new HashMap<>();
  private final EngineNode start;
  private final int fingerprint;

  Definition(
      RuleFlowProcess process,
      InternalKnowledgeRuntime runtime,
      String version,
      JbpmDialect.Translation translation) {
    this.process = process;
    this.runtime = runtime;
    this.version = version;
    this.nodes = translation.nodes();
    for (Node node : process.getNodes()) {
      EngineNode place = nodes.get(Integer.parseInt(node.getUniqueId().substring(1)));
      place.compiledTo((NodeImpl) node);
      byNode.put(node, place);
      byId.put(node.getId(), place);
      if (node instanceof Split split
          && (split.getType() == Split.TYPE_XOR || split.getType() == Split.TYPE_OR)) {
        setConditions(split, translation);
      }
    }
    start = nodes.stream().filter(node -> node.role == Role.START).findFirst().orElseThrow();
    CRC32 crc = new CRC32();
    for (EngineNode node : nodes) {
      crc.update((node.role + " " + node.modelId + "\n").getBytes(StandardCharsets.UTF_8));
    }
    fingerprint = (int) crc.getValue();
  }

  /** jBPM's reader leaves conditions that do nothing: ours ask the run's door, in the author's order. */
  private static void setConditions(Split split, JbpmDialect.Translation translation) {
    int priority = 0;
    for (Connection connection : List.copyOf(split.getDefaultOutgoingConnections())) {
      int flow = Integer.parseInt(connection.getUniqueId().substring(1));
      boolean chosenByDefault = translation.defaults().get(flow);
      @Nullable String flowId = translation.flows().get(flow);
      split.removeConstraint(connection);
      split.setConstraint(
          connection, new FlowCondition(flowId == null ? "" : flowId, ++priority, chosenByDefault));
    }
  }

  RuleFlowProcess process() {
    return process;
  }

  InternalKnowledgeRuntime runtime() {
    return runtime;
  }

  String version() {
    return version;
  }

  int fingerprint() {
    return fingerprint;
  }

  EngineNode start() {
    return start;
  }

  int size() {
    return nodes.size();
  }

  EngineNode place(int index) {
    return nodes.get(index);
  }

  EngineNode place(Node node) {
    EngineNode place = byNode.get(node);
    if (place == null) {
      throw new IllegalStateException("No such node: " + node.getUniqueId());
    }
    return place;
  }

  EngineNode place(WorkflowElementIdentifier id) {
    EngineNode place = byId.get(id);
    if (place == null) {
      throw new IllegalStateException("No such node: " + id);
    }
    return place;
  }
}
