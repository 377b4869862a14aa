package io.leadloom.process;

import static io.leadloom.process.reading.Lookup.known;

import io.leadloom.process.EngineNode.Role;
import io.leadloom.process.ProcessModel.Flow;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.ProcessModel.NodeKind;
import io.leadloom.process.reading.Settings;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model in the BPMN that jBPM's reader accepts: gateways with a direction, cards as plain tasks, one incoming and
 * one outgoing flow where jBPM wants only one, links as flows, no scripts, languages or diagram. Every author's text stays
 * outside, so nothing an author writes can reach jBPM's parser.
 */
final class JbpmDialect {

  /** A flow between two engine nodes; {@code flowId} is the author's flow, null when the engine added it. */
  private static final class Edge {
    EngineNode from;
    EngineNode to;
    final @Nullable String flowId;
    final boolean chosenByDefault;

    Edge(EngineNode from, EngineNode to, @Nullable String flowId, boolean chosenByDefault) {
      this.from = from;
      this.to = to;
      this.flowId = flowId;
      this.chosenByDefault = chosenByDefault;
    }
  }

  /**
   * The outcome of a translation.
   *
   * @param xml BPMN for jBPM, with node ids {@code n<index>} and flow ids {@code f<index>}
   * @param flows the author's flow ids by flow index; null for flows the engine added
   * @param defaults flow indexes that are taken when no condition holds
   */
  record Translation(
      String xml, List<EngineNode> nodes, List<@Nullable String> flows, BitSet defaults) {}

  private final ProcessModel model;
  private final List<EngineNode> nodes = new ArrayList<>();
  private final Map<String, EngineNode> byModelId = new LinkedHashMap<>();
  private final Map<Integer, NodeKind> gateway = new HashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, Integer> incoming = new HashMap<>();
  private final Map<String, Integer> outgoing = new HashMap<>();

  private JbpmDialect(ProcessModel model) {
    this.model = model;
  }

  static Translation translate(ProcessModel model) {
    JbpmDialect dialect = new JbpmDialect(model);
    List<Flow> flows = dialect.allFlows();
    dialect.addNodes();
    dialect.addEdges(flows);
    dialect.splitAndJoin();
    dialect.separateParallelEdges();
    dialect.attachBoundaries();
    dialect.findUpstream();
    return dialect.write();
  }

  /** The author's flows in order of priority, and one flow for each link. */
  private List<Flow> allFlows() {
    Map<String, List<Flow>> bySource = new LinkedHashMap<>();
    for (Node node : model.nodes().values()) {
      bySource.put(node.id(), new ArrayList<>());
    }
    for (Flow flow : model.flows().values()) {
      List<Flow> leaving = bySource.get(flow.source());
      if (leaving != null && model.nodes().containsKey(flow.target())) {
        leaving.add(flow);
      }
    }
    Map<String, String> catches = new HashMap<>();
    for (Node node : model.nodes().values()) {
      if (node.kind() == NodeKind.LINK_CATCH) {
        catches.put(Settings.link(node), node.id());
      }
    }
    List<Flow> all = new ArrayList<>();
    for (Node node : model.nodes().values()) {
      List<Flow> leaving = bySource.getOrDefault(node.id(), List.of());
      if (node.kind() == NodeKind.LINK_THROW) {
        String target = catches.get(Settings.link(node));
        if (target != null) {
          leaving = List.of(new Flow("", null, node.id(), target, null));
        }
      }
      for (Flow flow : leaving) {
        if (!flow.id().equals(node.defaultFlow())) {
          all.add(flow);
        }
      }
      for (Flow flow : leaving) {
        if (flow.id().equals(node.defaultFlow())) {
          all.add(flow);
        }
      }
    }
    for (Flow flow : all) {
      outgoing.merge(flow.source(), 1, Integer::sum);
      incoming.merge(flow.target(), 1, Integer::sum);
    }
    return all;
  }

  private void addNodes() {
    for (Node node : model.nodes().values()) {
      EngineNode added = add(roleOf(node), node.id(), true, node.interrupting());
      byModelId.put(node.id(), added);
      gateway.put(added.index, node.kind());
    }
  }

  private EngineNode add(Role role, String modelId, boolean drawn, boolean interrupting) {
    EngineNode added = new EngineNode(nodes.size(), role, modelId, drawn, interrupting);
    nodes.add(added);
    return added;
  }

  private Role roleOf(Node node) {
    boolean splits = outgoing.getOrDefault(node.id(), 0) > 1;
    boolean joins = incoming.getOrDefault(node.id(), 0) > 1;
    return switch (node.kind()) {
      case START -> Role.START;
      case END, TERMINATE -> Role.END;
      case CARD -> Role.CARD;
      case TIMER -> Role.TIMER;
      case EVENT -> Role.EVENT;
      case BOUNDARY_TIMER, BOUNDARY_ERROR, LINK_THROW, LINK_CATCH -> Role.PASS;
      case EVENT_GATEWAY -> Role.EVENT_SPLIT;
      case EXCLUSIVE -> splits ? Role.SPLIT : joins ? Role.MERGE : Role.PASS;
      case PARALLEL -> splits ? Role.SPLIT : joins ? Role.JOIN : Role.PASS;
      case INCLUSIVE -> splits ? Role.SPLIT : joins ? Role.INCLUSIVE_JOIN : Role.PASS;
    };
  }

  private void addEdges(List<Flow> flows) {
    for (Flow flow : flows) {
      EngineNode from = byModelId.get(flow.source());
      EngineNode to = byModelId.get(flow.target());
      if (from != null && to != null) {
        boolean chosenByDefault =
            flow.id().equals(known(model.nodes(), flow.source()).defaultFlow());
        edges.add(new Edge(from, to, flow.id().isEmpty() ? null : flow.id(), chosenByDefault));
      }
    }
  }

  /** jBPM's other nodes take one flow in and one out: merges and splits of their own do the rest. */
  private void splitAndJoin() {
    for (Node node : model.nodes().values()) {
      EngineNode drawn = known(byModelId, node.id());
      NodeKind kind = node.kind();
      if (incoming.getOrDefault(node.id(), 0) > 1 && !isJoin(drawn.role)) {
        Role role =
            switch (kind) {
              case PARALLEL -> Role.JOIN;
              case INCLUSIVE -> Role.INCLUSIVE_JOIN;
              default -> Role.MERGE;
            };
        EngineNode join = add(role, node.id(), false, true);
        gateway.put(join.index, kindOf(role));
        for (Edge edge : edges) {
          if (edge.to == drawn) {
            edge.to = join;
          }
        }
        edges.add(new Edge(join, drawn, null, false));
      }
      if (outgoing.getOrDefault(node.id(), 0) > 1
          && drawn.role != Role.SPLIT
          && drawn.role != Role.EVENT_SPLIT) {
        EngineNode split = add(Role.SPLIT, node.id(), false, true);
        gateway.put(split.index, NodeKind.PARALLEL);
        for (Edge edge : edges) {
          if (edge.from == drawn) {
            edge.from = split;
          }
        }
        edges.add(new Edge(drawn, split, null, false));
      }
    }
  }

  private static boolean isJoin(Role role) {
    return role == Role.MERGE || role == Role.JOIN || role == Role.INCLUSIVE_JOIN;
  }

  private static NodeKind kindOf(Role join) {
    return switch (join) {
      case JOIN -> NodeKind.PARALLEL;
      case INCLUSIVE_JOIN -> NodeKind.INCLUSIVE;
      default -> NodeKind.EXCLUSIVE;
    };
  }

  /** Joins count tokens by the node they come from: two flows from one node get a node of their own between. */
  private void separateParallelEdges() {
    Set<Long> seen = new HashSet<>();
    for (Edge edge : new ArrayList<>(edges)) {
      if (isJoin(edge.to.role) && !seen.add(((long) edge.from.index << 32) | edge.to.index)) {
        EngineNode between = add(Role.PASS, edge.to.modelId, false, true);
        edges.add(new Edge(between, edge.to, null, false));
        edge.to = between;
      }
    }
  }

  private void attachBoundaries() {
    Map<EngineNode, List<EngineNode>> timers = new LinkedHashMap<>();
    for (Node node : model.nodes().values()) {
      EngineNode card = node.attachedTo() == null ? null : byModelId.get(node.attachedTo());
      if (card == null) {
        continue;
      }
      EngineNode boundary = known(byModelId, node.id());
      if (node.kind() == NodeKind.BOUNDARY_ERROR) {
        card.onError = boundary;
      } else {
        timers.computeIfAbsent(card, any -> new ArrayList<>()).add(boundary);
      }
    }
    timers.forEach((card, list) -> card.timers = list.toArray(new EngineNode[0]));
  }

  /** For each flow into an inclusive join: the nodes from which a token could still come along that flow. */
  private void findUpstream() {
    Map<Integer, List<EngineNode>> before = new HashMap<>();
    for (Edge edge : edges) {
      before.computeIfAbsent(edge.to.index, any -> new ArrayList<>()).add(edge.from);
    }
    for (EngineNode card : nodes) {
      for (EngineNode timer : card.timers) {
        before.computeIfAbsent(timer.index, any -> new ArrayList<>()).add(card);
      }
      if (card.onError != null) {
        before.computeIfAbsent(card.onError.index, any -> new ArrayList<>()).add(card);
      }
    }
    for (EngineNode join : nodes) {
      if (join.role == Role.INCLUSIVE_JOIN) {
        for (EngineNode source : before.getOrDefault(join.index, List.of())) {
          join.upstream.put(source.index, reachesBackwards(source, join, before));
        }
      }
    }
  }

  private static BitSet reachesBackwards(
      EngineNode from, EngineNode avoid, Map<Integer, List<EngineNode>> before) {
    BitSet reached = new BitSet();
    List<EngineNode> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      EngineNode node = open.remove(open.size() - 1);
      if (node != avoid && !reached.get(node.index)) {
        reached.set(node.index);
        open.addAll(before.getOrDefault(node.index, List.of()));
      }
    }
    return reached;
  }

  private Translation write() {
    Map<EngineNode, List<Integer>> leaving = new HashMap<>();
    List<@Nullable String> flows = new ArrayList<>();
    BitSet defaults = new BitSet();
    for (int flow = 0; flow < edges.size(); flow++) {
      Edge edge = edges.get(flow);
      flows.add(edge.flowId);
      leaving.computeIfAbsent(edge.from, any -> new ArrayList<>()).add(flow);
      if (edge.chosenByDefault) {
        defaults.set(flow);
      }
    }
    StringBuilder xml = new StringBuilder(256 + 160 * (nodes.size() + edges.size()));
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><definitions")
        .append(" xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"")
        .append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        .append(
            " xmlns:drools=\"http://www.jboss.org/drools\" id=\"d\" targetNamespace=\"https://leadloom.io\">")
        .append("<signal id=\"s\" name=\"event\"/><error id=\"e\" errorCode=\"failed\"/>")
        .append("<process id=\"process\" name=\"process\" isExecutable=\"true\">");
    for (EngineNode node : nodes) {
      writeNode(xml, node, leaving.getOrDefault(node, List.of()), defaults);
    }
    for (int flow = 0; flow < edges.size(); flow++) {
      Edge edge = edges.get(flow);
      xml.append("<sequenceFlow id=\"f").append(flow);
      xml.append("\" sourceRef=\"n").append(edge.from.index);
      xml.append("\" targetRef=\"n").append(edge.to.index).append("\">");
      if (decides(edge.from) && !edge.chosenByDefault) {
        xml.append(
            "<conditionExpression xsi:type=\"tFormalExpression\">condition</conditionExpression>");
      }
      xml.append("</sequenceFlow>");
    }
    xml.append("</process></definitions>");
    return new Translation(xml.toString(), nodes, flows, defaults);
  }

  private boolean decides(EngineNode node) {
    return node.role == Role.SPLIT && gateway.get(node.index) != NodeKind.PARALLEL;
  }

  private void writeNode(
      StringBuilder xml, EngineNode node, List<Integer> leaving, BitSet defaults) {
    String attributes = " id=\"n" + node.index + "\" name=\"n" + node.index + "\"";
    NodeKind kind = gateway.get(node.index);
    switch (node.role) {
      case START -> xml.append("<startEvent").append(attributes).append("/>");
      case END ->
          xml.append("<endEvent")
              .append(attributes)
              .append(
                  kind == NodeKind.TERMINATE ? "><terminateEventDefinition/></endEvent>" : "/>");
      case TIMER ->
          xml.append("<intermediateCatchEvent")
              .append(attributes)
              .append(
                  "><timerEventDefinition><timeDuration xsi:type=\"tFormalExpression\">PT1S</timeDuration>")
              .append("</timerEventDefinition></intermediateCatchEvent>");
      case EVENT ->
          xml.append("<intermediateCatchEvent")
              .append(attributes)
              .append("><signalEventDefinition signalRef=\"s\"/></intermediateCatchEvent>");
      case EVENT_SPLIT ->
          xml.append("<eventBasedGateway")
              .append(attributes)
              .append(" gatewayDirection=\"Diverging\"/>");
      case SPLIT, MERGE, JOIN, INCLUSIVE_JOIN -> {
        String element =
            kind == NodeKind.PARALLEL
                ? "parallelGateway"
                : kind == NodeKind.INCLUSIVE ? "inclusiveGateway" : "exclusiveGateway";
        xml.append('<').append(element).append(attributes).append(" gatewayDirection=\"");
        xml.append(node.role == Role.SPLIT ? "Diverging" : "Converging").append('"');
        for (int flow : leaving) {
          if (node.role == Role.SPLIT && defaults.get(flow)) {
            xml.append(" default=\"f").append(flow).append('"');
          }
        }
        xml.append("/>");
      }
      case CARD, PASS -> writeTask(xml, attributes, node, kind);
    }
  }

  private void writeTask(
      StringBuilder xml, String attributes, EngineNode node, @Nullable NodeKind kind) {
    if (kind != NodeKind.BOUNDARY_TIMER && kind != NodeKind.BOUNDARY_ERROR) {
      xml.append("<task").append(attributes).append(" drools:taskName=\"card\"/>");
      return;
    }
    String attachedTo = known(model.nodes(), node.modelId).attachedTo();
    EngineNode card = known(byModelId, attachedTo == null ? "" : attachedTo);
    xml.append("<boundaryEvent")
        .append(attributes)
        .append(" attachedToRef=\"n")
        .append(card.index)
        .append('"');
    if (kind == NodeKind.BOUNDARY_ERROR) {
      xml.append("><errorEventDefinition errorRef=\"e\"/></boundaryEvent>");
    } else {
      xml.append(" cancelActivity=\"")
          .append(node.interrupting)
          .append("\"><timerEventDefinition>");
      xml.append("<timeDuration xsi:type=\"tFormalExpression\">PT1S</timeDuration>");
      xml.append("</timerEventDefinition></boundaryEvent>");
    }
  }
}
