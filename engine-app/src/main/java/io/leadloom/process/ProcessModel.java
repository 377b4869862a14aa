package io.leadloom.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A BPMN process as Leadloom sees it.
 *
 * @param id the id of the process element
 * @param name its name
 * @param bpmn the author's document, unchanged
 * @param start the id of the start event
 * @param extension the JSON texts of the process's own {@code leadloom:*} extension elements, by element name (without
 *     prefix)
 * @param nodes all flow nodes by id, in document order
 * @param flows all sequence flows by id; those that leave an exclusive gateway are in order of priority
 */
public record ProcessModel(
    String id,
    String name,
    String bpmn,
    String start,
    Map<String, String> extension,
    Map<String, Node> nodes,
    Map<String, Flow> flows) {

  /** What a node is to the engine. */
  public enum NodeKind {
    START,
    END,
    /** Ends the run at once, with all its parallel branches. */
    TERMINATE,
    EXCLUSIVE,
    INCLUSIVE,
    PARALLEL,
    EVENT_GATEWAY,
    /** A service, send or plain task or a call activity that carries a card. */
    CARD,
    TIMER,
    /** An intermediate event that waits for something to happen to the record. */
    EVENT,
    BOUNDARY_TIMER,
    BOUNDARY_ERROR,
    /** A link event: the run goes on at the link of the same name. */
    LINK_THROW,
    LINK_CATCH
  }

  /**
   * A flow node.
   *
   * @param card the card type, for example {@code lead.tag}; null when the node carries none
   * @param settings the settings as the author wrote them, as JSON text: of the card, of the trigger for a start event, of
   *     the wait for timers, of the event for events; {@code {"link":"name"}} for links; {@code {}} when there are none. A
   *     timer without settings of its own gets them from its BPMN definition: {@code {"kind":"duration","iso":"PT4H"}} or
   *     {@code {"kind":"until","date":"2026-12-24T09:00"}}
   * @param attachedTo the node a boundary event is attached to
   * @param defaultFlow the id of a gateway's default flow
   * @param interrupting whether a boundary event ends the card it is attached to; true for all other nodes
   */
  public record Node(
      String id,
      String name,
      NodeKind kind,
      @Nullable String card,
      String settings,
      @Nullable String attachedTo,
      @Nullable String defaultFlow,
      boolean interrupting) {

    public Node(
        String id,
        String name,
        NodeKind kind,
        @Nullable String card,
        String settings,
        @Nullable String attachedTo,
        @Nullable String defaultFlow) {
      this(id, name, kind, card, settings, attachedTo, defaultFlow, true);
    }
  }

  /**
   * A sequence flow.
   *
   * @param condition the JSON text of its {@code leadloom:condition}; null when it has none
   */
  public record Flow(
      String id, @Nullable String name, String source, String target, @Nullable String condition) {}

  public Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** The flows that leave a node, in order of priority. */
  public List<Flow> outgoing(String node) {
    return flows.values().stream().filter(flow -> flow.source().equals(node)).toList();
  }

  public List<Flow> incoming(String node) {
    return flows.values().stream().filter(flow -> flow.target().equals(node)).toList();
  }
}
