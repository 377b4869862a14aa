package io.leadloom.automation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes automations for tests: nodes first, then flows between them; a gateway's flows keep their order. */
public final class Bpmn {

  private final String id;
  private final Map<String, String> nodes = new LinkedHashMap<>();
  private final Map<String, List<String>> outgoing = new LinkedHashMap<>();
  private final List<String> flows = new ArrayList<>();
  private final List<String> defaults = new ArrayList<>();
  private String settings = "{}";

  private Bpmn(String id) {
    this.id = id;
  }

  public static Bpmn automation(String id) {
    return new Bpmn(id);
  }

  public Bpmn settings(String json) {
    settings = json;
    return this;
  }

  public Bpmn trigger(String json) {
    nodes.put(
        "start",
        "<bpmn:startEvent id=\"start\" name=\"Start\">"
            + extension("trigger", "", json)
            + "%s</bpmn:startEvent>");
    return this;
  }

  public Bpmn card(String node, String type, String json) {
    String card = extension("card", " type=\"" + type + "\"", json);
    nodes.put(
        node,
        "<bpmn:serviceTask id=\""
            + node
            + "\" name=\""
            + node
            + "\">"
            + card
            + "%s</bpmn:serviceTask>");
    return this;
  }

  public Bpmn choice(String node) {
    nodes.put(
        node,
        "<bpmn:exclusiveGateway id=\""
            + node
            + "\" name=\""
            + node
            + "\"@default@>%s</bpmn:exclusiveGateway>");
    return this;
  }

  public Bpmn parallel(String node) {
    nodes.put(node, "<bpmn:parallelGateway id=\"" + node + "\">%s</bpmn:parallelGateway>");
    return this;
  }

  public Bpmn firstOf(String node) {
    nodes.put(node, "<bpmn:eventBasedGateway id=\"" + node + "\">%s</bpmn:eventBasedGateway>");
    return this;
  }

  public Bpmn pause(String node, String json) {
    nodes.put(
        node,
        "<bpmn:intermediateCatchEvent id=\""
            + node
            + "\" name=\""
            + node
            + "\">"
            + extension("wait", "", json)
            + "%s<bpmn:timerEventDefinition id=\"t_"
            + node
            + "\"><bpmn:timeDuration xsi:type=\"bpmn:tFormalExpression\">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>");
    return this;
  }

  /** A wait of one hour. */
  public Bpmn hour(String node) {
    return pause(node, "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"hours\"}");
  }

  public Bpmn event(String node, String json) {
    nodes.put(
        node,
        "<bpmn:intermediateCatchEvent id=\""
            + node
            + "\" name=\""
            + node
            + "\">"
            + extension("event", "", json)
            + "%s<bpmn:signalEventDefinition id=\"s_"
            + node
            + "\"/></bpmn:intermediateCatchEvent>");
    return this;
  }

  public Bpmn end(String node) {
    nodes.put(node, "<bpmn:endEvent id=\"" + node + "\" name=\"" + node + "\">%s</bpmn:endEvent>");
    return this;
  }

  /** An end that stops the whole run. */
  public Bpmn stop(String node) {
    nodes.put(
        node,
        "<bpmn:endEvent id=\""
            + node
            + "\" name=\""
            + node
            + "\">%s<bpmn:terminateEventDefinition id=\"x_"
            + node
            + "\"/></bpmn:endEvent>");
    return this;
  }

  /** Flows along a path. */
  public Bpmn path(String... path) {
    for (int i = 0; i + 1 < path.length; i++) {
      flow(path[i], path[i + 1], null);
    }
    return this;
  }

  /** The branch of a gateway that is taken when the condition holds. */
  public Bpmn when(String gateway, String target, String condition) {
    return flow(gateway, target, condition);
  }

  /** The branch that is taken when no other is. */
  public Bpmn otherwise(String gateway, String target) {
    flow(gateway, target, null);
    defaults.add(gateway + " " + "f" + flows.size());
    return this;
  }

  private Bpmn flow(String from, String to, @org.jspecify.annotations.Nullable String condition) {
    String flow = "f" + (flows.size() + 1);
    String body = condition == null ? "" : extension("condition", "", condition);
    flows.add(
        "<bpmn:sequenceFlow id=\""
            + flow
            + "\" sourceRef=\""
            + from
            + "\" targetRef=\""
            + to
            + "\">"
            + body
            + "</bpmn:sequenceFlow>");
    outgoing
        .computeIfAbsent(from, any -> new ArrayList<>())
        .add("<bpmn:outgoing>" + flow + "</bpmn:outgoing>");
    return this;
  }

  private static String extension(String element, String attributes, String json) {
    String text = json.replace("&", "&amp;").replace("<", "&lt;").replace("%", "%%");
    return "<bpmn:extensionElements><leadloom:"
        + element
        + attributes
        + ">"
        + text
        + "</leadloom:"
        + element
        + "></bpmn:extensionElements>";
  }

  public String xml() {
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><bpmn:definitions");
    xml.append(" xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"");
    xml.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    xml.append(" xmlns:leadloom=\"https://leadloom.io/schema/bpmn/1\" id=\"d\"");
    xml.append(" targetNamespace=\"https://leadloom.io\"><bpmn:process id=\"").append(id);
    xml.append("\" name=\"").append(id).append("\" isExecutable=\"true\">");
    xml.append(extension("automation", "", settings).replace("%%", "%"));
    nodes.forEach(
        (node, text) -> {
          String standard =
              defaults.stream()
                  .filter(each -> each.startsWith(node + " "))
                  .map(each -> " default=\"" + each.substring(node.length() + 1) + "\"")
                  .findFirst()
                  .orElse("");
          String flowsOut = String.join("", outgoing.getOrDefault(node, List.of()));
          xml.append(text.replace("@default@", standard).formatted(flowsOut));
        });
    flows.forEach(xml::append);
    return xml.append("</bpmn:process></bpmn:definitions>").toString();
  }

  /** A trigger for new leads of a city, so that a test's automation hears of its own leads only. */
  public static String created(String city) {
    return "{\"type\":\"lead.created\",\"condition\":" + lead("city", "equals", city) + "}";
  }

  /** A condition of one criterion on a field of the lead. */
  public static String lead(String field, String operator, String... values) {
    return criterion("lead", field, operator, values);
  }

  public static String criterion(String source, String field, String operator, String... values) {
    return "{\"criteria\":[{\"source\":\""
        + source
        + "\",\"field\":\""
        + field
        + "\",\"operator\":\""
        + operator
        + "\",\"values\":["
        + String.join(",", List.of(values).stream().map(v -> "\"" + v + "\"").toList())
        + "]}]}";
  }
}
