package io.leadloom.process;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jbpm.workflow.core.impl.NodeImpl;
import org.jspecify.annotations.Nullable;

/**
 * A node of the compiled process: jBPM's node together with what Leadloom knows about it. Its index is its name in stored
 * states.
 */
final class EngineNode {

  /** How a node behaves in a run. */
  enum Role {
    START,
    END,
    CARD,
    TIMER,
    EVENT,
    /** Goes straight on: links, gateways without a choice, fired boundary events. */
    PASS,
    SPLIT,
    EVENT_SPLIT,
    /** Merges tokens one by one. */
    MERGE,
    JOIN,
    INCLUSIVE_JOIN
  }

  private static final EngineNode[] NONE = {};

  final int index;
  final Role role;

  /** The element in the author's model; of a node the engine added, the element it was added for. */
  final String modelId;

  /** Whether the author drew it, so that reaching it is told. */
  final boolean drawn;

  /** Whether it ends the card it is attached to when it fires. */
  final boolean interrupting;

  EngineNode[] timers = NONE;
  @Nullable EngineNode onError;

  /** For an inclusive join: per source of an incoming flow, from where that flow can still be reached. */
  final Map<Integer, BitSet> upstream = new HashMap<>();

  private @Nullable NodeImpl node;

  EngineNode(int index, Role role, String modelId, boolean drawn, boolean interrupting) {
    this.index = index;
    this.role = role;
    this.modelId = modelId;
    this.drawn = drawn;
    this.interrupting = interrupting;
  }

  NodeImpl node() {
    NodeImpl known = node;
    if (known == null) {
      throw new IllegalStateException("Node " + modelId + " was not compiled");
    }
    return known;
  }

  void compiledTo(NodeImpl compiled) {
    node = compiled;
  }
}
