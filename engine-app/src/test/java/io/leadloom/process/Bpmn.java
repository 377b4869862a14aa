package io.leadloom.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes BPMN the way bpmn-js does, for tests. */
final class Bpmn {

  private final String id;
  private final Map<String, String> nodes = new LinkedHashMap<>();
  private final Map<String, List<String>> outgoing = new LinkedHashMap<>();
  private final List<String> flows = new ArrayList<>();
  private String prefix = "bpmn:";
  private int count;

  Bpmn(String id) {
    this.id = id;
  }

  static Bpmn process(String id) {
    return new Bpmn(id);
  }

  Bpmn prefix(String changed) {
    prefix = changed;
    return this;
  }

  private Bpmn node(String node, String element, String attributes, String body) {
    nodes.put(
        node,
        "<%s id=\"%s\" name=\"%s\"%s>%%s%s</%s>"
            .formatted(
                "@" + element,
                node,
                "The " + node,
                attributes,
                body.replace("%", "%%"),
                "@" + element));
    return this;
  }

  Bpmn start() {
    return node("start", "startEvent", "", "");
  }

  Bpmn end(String node) {
    return node(node, "endEvent", "", "");
  }

  Bpmn stop(String node) {
    return node(node, "endEvent", "", "<@terminateEventDefinition id=\"t_" + node + "\"/>");
  }

  Bpmn card(String... cards) {
    for (String card : cards) {
      node(
          card,
          "serviceTask",
          "",
          extension("<leadloom:card type=\"tag.add\">{\"tags\":[\"x\"]}</leadloom:card>"));
    }
    return this;
  }

  Bpmn timer(String node) {
    return node(
        node,
        "intermediateCatchEvent",
        "",
        extension(
                "<leadloom:wait>{\"kind\":\"duration\",\"amount\":4,\"unit\":\"hours\"}</leadloom:wait>")
            + timerDefinition("PT4H"));
  }

  static String timerDefinition(String duration) {
    return "<@timerEventDefinition><@timeDuration xsi:type=\"@tFormalExpression\">"
        + duration
        + "</@timeDuration></@timerEventDefinition>";
  }

  Bpmn event(String node) {
    return node(
        node,
        "intermediateCatchEvent",
        "",
        extension("<leadloom:event>{\"type\":\"activity.posted\"}</leadloom:event>")
            + "<@signalEventDefinition id=\"s_"
            + node
            + "\"/>");
  }

  Bpmn message(String node) {
    return node(
        node,
        "intermediateCatchEvent",
        "",
        extension("<leadloom:event>{\"type\":\"activity.posted\"}</leadloom:event>")
            + "<@messageEventDefinition id=\"s_"
            + node
            + "\"/>");
  }

  Bpmn exclusive(String node, String defaultFlow) {
    return node(node, "exclusiveGateway", " default=\"" + defaultFlow + "\"", "");
  }

  Bpmn exclusive(String node) {
    return node(node, "exclusiveGateway", "", "");
  }

  Bpmn inclusive(String node, String defaultFlow) {
    return node(node, "inclusiveGateway", " default=\"" + defaultFlow + "\"", "");
  }

  Bpmn inclusive(String node) {
    return node(node, "inclusiveGateway", "", "");
  }

  Bpmn parallel(String node) {
    return node(node, "parallelGateway", "", "");
  }

  Bpmn eventGateway(String node) {
    return node(node, "eventBasedGateway", "", "");
  }

  Bpmn boundaryTimer(String node, String card, boolean interrupting) {
    return node(
        node,
        "boundaryEvent",
        " attachedToRef=\"" + card + "\"" + (interrupting ? "" : " cancelActivity=\"false\""),
        timerDefinition("PT1H"));
  }

  Bpmn boundaryError(String node, String card) {
    return node(
        node,
        "boundaryEvent",
        " attachedToRef=\"" + card + "\"",
        "<@errorEventDefinition id=\"e_" + node + "\"/>");
  }

  Bpmn linkTo(String node, String link) {
    return node(
        node, "intermediateThrowEvent", "", "<@linkEventDefinition name=\"" + link + "\"/>");
  }

  Bpmn linkFrom(String node, String link) {
    return node(
        node, "intermediateCatchEvent", "", "<@linkEventDefinition name=\"" + link + "\"/>");
  }

  /** Any element. */
  Bpmn element(String node, String element, String attributes, String body) {
    return node(node, element, attributes, body);
  }

  /** A chain of plain flows with ids of their own. */
  Bpmn flow(String... path) {
    for (int i = 0; i + 1 < path.length; i++) {
      edge("flow" + ++count, path[i], path[i + 1], "");
    }
    return this;
  }

  /** A flow with an id. */
  Bpmn flowNamed(String flow, String from, String to) {
    return edge(flow, from, to, "");
  }

  /** A flow with a condition. */
  Bpmn when(String flow, String from, String to) {
    return edge(
        flow,
        from,
        to,
        extension("<leadloom:condition>{\"criteria\":[],\"pattern\":\"\"}</leadloom:condition>"));
  }

  /** A flow with any content. */
  Bpmn edge(String flow, String from, String to, String body) {
    outgoing.computeIfAbsent(from, any -> new ArrayList<>()).add(flow);
    flows.add(
        "<@sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\">%s</@sequenceFlow>"
            .formatted(flow, from, to, body));
    return this;
  }

  static String extension(String body) {
    return "<@extensionElements>" + body + "</@extensionElements>";
  }

  String xml() {
    StringBuilder body = new StringBuilder();
    nodes.forEach(
        (node, xml) -> {
          StringBuilder leaving = new StringBuilder();
          for (String flow : outgoing.getOrDefault(node, List.of())) {
            leaving.append("<@outgoing>").append(flow).append("</@outgoing>");
          }
          body.append(xml.formatted(leaving)).append('\n');
        });
    // In reverse, so that only the order of the outgoing children can give the priority.
    for (int i = flows.size() - 1; i >= 0; i--) {
      body.append(flows.get(i)).append('\n');
    }
    String namespace =
        prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix.substring(0, prefix.length() - 1);
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <@definitions %s="http://www.omg.org/spec/BPMN/20100524/MODEL" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" \
        xmlns:leadloom="https://leadloom.io/schema/bpmn/1" id="d" targetNamespace="http://bpmn.io/schema/bpmn">
        <@process id="%s" name="Test" isExecutable="true">
        %s</@process>
        <bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="%s"/></bpmndi:BPMNDiagram>
        </@definitions>
        """
            .formatted(namespace, id, body, id);
    return xml.replace("@", prefix);
  }
}
