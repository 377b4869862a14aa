package io.leadloom.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a BPMN document in Leadloom's dialect, element by element. */
final class Bpmn {

  private final StringBuilder text = new StringBuilder();

  Bpmn(String id, String name) {
    text.append(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:leadloom="https://leadloom.io/schema/bpmn/1" id="definitions" targetNamespace="https://leadloom.io">
            """)
        .append("<bpmn:process id=\"%s\" name=\"%s\" isExecutable=\"true\">%n".formatted(id, name));
  }

  void start(String trigger) {
    text.append("<bpmn:startEvent id=\"start\" name=\"Start\">")
        .append(extension("trigger", "", trigger));
    text.append("</bpmn:startEvent>\n");
  }

  void exclusive(String id, List<String> outgoing, String defaultFlow) {
    text.append(
        "<bpmn:exclusiveGateway id=\"%s\" name=\"%s\" default=\"%s\">"
            .formatted(id, id, defaultFlow));
    outgoing.forEach(
        flow -> text.append("<bpmn:outgoing>").append(flow).append("</bpmn:outgoing>"));
    text.append("</bpmn:exclusiveGateway>\n");
  }

  void join(String id) {
    text.append("<bpmn:exclusiveGateway id=\"%s\"/>%n".formatted(id));
  }

  void card(String id, String type, String settings) {
    text.append("<bpmn:serviceTask id=\"%s\" name=\"%s\">".formatted(id, id));
    text.append(extension("card", " type=\"" + type + "\"", settings))
        .append("</bpmn:serviceTask>\n");
  }

  void timer(String id, String duration) {
    text.append(
        """
        <bpmn:intermediateCatchEvent id="%s" name="%s"><bpmn:timerEventDefinition>\
        <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">%s</bpmn:timeDuration>\
        </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>
        """
            .formatted(id, id, duration));
  }

  void end(String id) {
    text.append("<bpmn:endEvent id=\"%s\"/>%n".formatted(id));
  }

  void flow(String id, String source, String target, @Nullable String condition) {
    text.append(
        "<bpmn:sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\">"
            .formatted(id, source, target));
    if (condition != null) {
      text.append(extension("condition", "", condition));
    }
    text.append("</bpmn:sequenceFlow>\n");
  }

  private static String extension(String element, String attributes, String json) {
    return "<bpmn:extensionElements><leadloom:%s%s><![CDATA[%s]]></leadloom:%s></bpmn:extensionElements>"
        .formatted(element, attributes, json, element);
  }

  @Override
  public String toString() {
    return text + "</bpmn:process></bpmn:definitions>";
  }
}
