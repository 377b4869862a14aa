package io.leadloom.process.reading;

import static io.leadloom.process.reading.Lookup.known;

import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Flow;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.ProcessModel.NodeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds in a model what would keep it from running well: dead ends, missing conditions, loops without a wait. */
final class ModelChecks {

  private static final Set<NodeKind> ENDS = EnumSet.of(NodeKind.END, NodeKind.TERMINATE);
  private static final Set<NodeKind> BOUNDARIES =
      EnumSet.of(NodeKind.BOUNDARY_TIMER, NodeKind.BOUNDARY_ERROR);
  private static final Set<NodeKind> CHOICES = EnumSet.of(NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE);
  private static final Set<NodeKind> WAITS =
      EnumSet.of(NodeKind.TIMER, NodeKind.EVENT, NodeKind.BOUNDARY_TIMER);

  private final ProcessModel model;
  private final ProblemList problems;
  private final Map<String, List<Flow>> outgoing = new HashMap<>();
  private final Map<String, List<Flow>> incoming = new HashMap<>();

  /** Where a token may go next, links and boundary events included. */
  private final Map<String, List<String>> next = new LinkedHashMap<>();

  ModelChecks(ProcessModel model, ProblemList problems) {
    this.model = model;
    this.problems = problems;
    for (Flow flow : model.flows().values()) {
      outgoing.computeIfAbsent(flow.source(), any -> new ArrayList<>()).add(flow);
      incoming.computeIfAbsent(flow.target(), any -> new ArrayList<>()).add(flow);
    }
  }

  void run() {
    for (Node node : model.nodes().values()) {
      List<String> targets = new ArrayList<>();
      outgoing.getOrDefault(node.id(), List.of()).forEach(flow -> targets.add(flow.target()));
      next.put(node.id(), targets);
    }
    checkLinks();
    checkBoundaries();
    for (Node node : model.nodes().values()) {
      checkEnds(node);
      checkConditions(node);
      checkDefault(node);
      if (node.kind() == NodeKind.EVENT_GATEWAY) {
        checkEventGateway(node);
      }
    }
    checkReached();
    checkLoops();
  }

  private List<Flow> out(Node node) {
    return outgoing.getOrDefault(node.id(), List.of());
  }

  private List<Flow> in(Node node) {
    return incoming.getOrDefault(node.id(), List.of());
  }

  private void checkLinks() {
    Map<String, Node> catches = new HashMap<>();
    for (Node node : model.nodes().values()) {
      if (node.kind() == NodeKind.LINK_CATCH
          && catches.putIfAbsent(Settings.link(node), node) != null) {
        problems.add(
            node, "link", Settings.link(node), "A link name that no other arriving link has");
      }
    }
    for (Node node : model.nodes().values()) {
      if (node.kind() == NodeKind.LINK_THROW) {
        Node target = catches.get(Settings.link(node));
        if (target == null) {
          problems.add(
              node, "link", Settings.link(node), "A link of this name that arrives somewhere");
        } else {
          known(next, node.id()).add(target.id());
        }
      }
    }
  }

  private void checkBoundaries() {
    Set<String> withError = new HashSet<>();
    for (Node node : model.nodes().values()) {
      if (!BOUNDARIES.contains(node.kind())) {
        continue;
      }
      Node card = node.attachedTo() == null ? null : model.nodes().get(node.attachedTo());
      if (card == null || card.kind() != NodeKind.CARD) {
        problems.add(
            node, "attachedToRef", node.attachedTo(), "A card that the event is attached to");
      } else {
        known(next, card.id()).add(node.id());
        if (node.kind() == NodeKind.BOUNDARY_ERROR && !withError.add(card.id())) {
          problems.add(node, "attachedToRef", card.id(), "One error event on a card only");
        }
      }
    }
  }

  private void checkEnds(Node node) {
    boolean mustNotLead = ENDS.contains(node.kind()) || node.kind() == NodeKind.LINK_THROW;
    if (mustNotLead && !out(node).isEmpty()) {
      problems.add(node, "outgoing", out(node).get(0).id(), "No flow that leaves it");
    }
    if (!mustNotLead && out(node).isEmpty()) {
      problems.add(node, "outgoing", null, "A flow to what comes next, or to an end");
    }
    boolean mustNotBeReached =
        node.kind() == NodeKind.START
            || node.kind() == NodeKind.LINK_CATCH
            || BOUNDARIES.contains(node.kind());
    if (mustNotBeReached && !in(node).isEmpty()) {
      problems.add(node, "incoming", in(node).get(0).id(), "No flow that arrives at it");
    }
  }

  private void checkConditions(Node node) {
    boolean chooses = CHOICES.contains(node.kind());
    boolean splits = out(node).size() > 1;
    for (Flow flow : out(node)) {
      if (flow.id().equals(node.defaultFlow())) {
        continue;
      }
      String name = flow.name() == null ? node.name() : flow.name();
      if (chooses && splits && flow.condition() == null) {
        problems.add(
            flow.id(),
            name,
            "condition",
            null,
            "A condition on each flow that leaves a gateway, except the default");
      } else if (!chooses && flow.condition() != null) {
        problems.add(
            flow.id(),
            name,
            "condition",
            flow.condition(),
            "Conditions only on flows that leave an If/Else gateway");
      }
    }
  }

  private void checkDefault(Node node) {
    boolean chooses = CHOICES.contains(node.kind());
    boolean decides =
        out(node).size() > 1 || out(node).stream().anyMatch(flow -> flow.condition() != null);
    if (node.defaultFlow() != null) {
      if (out(node).stream().noneMatch(flow -> flow.id().equals(node.defaultFlow()))) {
        problems.add(node, "default", node.defaultFlow(), "A flow that leaves it");
      } else if (!chooses) {
        problems.add(
            node, "default", node.defaultFlow(), "A default flow only at an If/Else gateway");
      }
    } else if (chooses && decides) {
      problems.add(node, "default", null, "A default flow, taken when no condition is true");
    }
  }

  private void checkEventGateway(Node gateway) {
    for (Flow flow : out(gateway)) {
      Node target = known(model.nodes(), flow.target());
      if (target.kind() != NodeKind.TIMER && target.kind() != NodeKind.EVENT) {
        problems.add(
            gateway,
            "outgoing",
            flow.target(),
            "Only timers and events to wait for after an event gateway");
      } else if (in(target).size() > 1) {
        problems.add(target, "incoming", gateway.id(), "Only the flow from its event gateway");
      }
    }
  }

  private void checkReached() {
    Set<String> reached = new HashSet<>();
    Deque<String> open =
        new ArrayDeque<>(
            model.nodes().containsKey(model.start()) ? List.of(model.start()) : List.of());
    while (!open.isEmpty()) {
      String id = open.pop();
      if (reached.add(id)) {
        open.addAll(known(next, id));
      }
    }
    if (!reached.isEmpty()) {
      for (Node node : model.nodes().values()) {
        if (!reached.contains(node.id()) && node.kind() != NodeKind.START) {
          problems.add(node, "incoming", null, "A way from the start to it");
        }
      }
    }
  }

  private void checkLoops() {
    for (List<String> loop :
        new Loops(next, id -> WAITS.contains(known(model.nodes(), id).kind())).find()) {
      Node first = known(model.nodes(), loop.get(0));
      String names =
          loop.stream()
              .limit(10)
              .map(id -> known(model.nodes(), id))
              .map(node -> node.name().isBlank() ? node.id() : node.name())
              .collect(Collectors.joining(", "));
      problems.add(first, "loop", names, "A timer or an event to wait for in each loop");
    }
  }
}
