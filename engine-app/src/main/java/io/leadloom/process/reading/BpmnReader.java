package io.leadloom.process.reading;

import static io.leadloom.process.reading.Lookup.known;

import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Flow;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.ProcessModel.NodeKind;
import io.leadloom.process.Processes.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a model of a BPMN document, whatever is wrong with it, and lists what is wrong with it. */
public final class BpmnReader {

  private final XmlElement definitions;
  private final ProblemList problems = new ProblemList();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, XmlElement> nodeElements = new LinkedHashMap<>();
  private int unnamed;

  private BpmnReader(XmlElement definitions) {
    this.definitions = definitions;
  }

  /** Reads a document as {@link io.leadloom.process.Processes#read} says. */
  public static Reading read(String bpmn) {
    try {
      XmlElement root = XmlReader.read(bpmn);
      if (!root.isBpmn("definitions")) {
        throw new XmlReader.Unreadable(
            "document", root.name, "A BPMN 2.0 document with definitions as its root");
      }
      List<XmlElement> processes = root.bpmn("process");
      if (processes.isEmpty()) {
        throw new XmlReader.Unreadable("process", null, "A process");
      }
      return new BpmnReader(root).read(bpmn, processes);
    } catch (XmlReader.Unreadable unreadable) {
      return new Reading.Unreadable(List.of(unreadable.problem));
    }
  }

  private Reading read(String bpmn, List<XmlElement> processes) {
    XmlElement process = processes.get(0);
    for (XmlElement other : processes.subList(1, processes.size())) {
      problems.add(other, "process", other.attribute("id"), "One process in the document");
    }
    String id = id(process, "process");
    for (XmlElement child : process.children) {
      if (child.namespace.equals(XmlElement.BPMN)) {
        readChild(child);
      }
    }
    Map<String, Flow> flows = readFlows(process);
    ProcessModel model =
        new ProcessModel(
            id,
            process.attributes.getOrDefault("name", "").strip(),
            bpmn,
            start(process),
            readExtension(process),
            Collections.unmodifiableMap(nodes),
            Collections.unmodifiableMap(flows));
    new ModelChecks(model, problems).run();
    return new Reading.Readable(model, problems.all());
  }

  private void readChild(XmlElement child) {
    if (XmlReader.FLOW_NODES.contains(child.name)) {
      Node node = new NodeReader(child, id(child, child.name), definitions, problems).read();
      if (nodes.putIfAbsent(node.id(), node) == null) {
        nodeElements.put(node.id(), child);
      }
    } else if (child.name.equals("dataStoreReference") || child.name.equals("dataStore")) {
      problems.add(child, "element", child.name, "No data store: cards read and write the records");
    }
  }

  /** The element's id; one of our own when it has none. */
  private String id(XmlElement element, String what) {
    String id = element.attribute("id");
    if (id == null) {
      problems.add(
          element,
          "id",
          null,
          "An id for each element (" + what + " in line " + element.line + ")");
      return "unnamed-" + ++unnamed;
    }
    if (!ids.add(id)) {
      problems.add(element, "id", id, "An id that no other element has");
    }
    return id;
  }

  private String start(XmlElement process) {
    List<Node> starts =
        nodes.values().stream().filter(node -> node.kind() == NodeKind.START).toList();
    if (starts.isEmpty()) {
      problems.add(process, "start", null, "A start event");
      return "";
    }
    for (Node another : starts.subList(1, starts.size())) {
      problems.add(another, "start", another.id(), "One start event only");
    }
    if (nodes.values().stream()
        .noneMatch(node -> node.kind() == NodeKind.END || node.kind() == NodeKind.TERMINATE)) {
      problems.add(process, "end", null, "An end event");
    }
    return starts.get(0).id();
  }

  private Map<String, String> readExtension(XmlElement process) {
    Map<String, String> extension = new LinkedHashMap<>();
    for (XmlElement element : process.extensions()) {
      if (!Settings.isObject(element.text())) {
        problems.add(process, element.name, element.text(), "Settings as a JSON object");
      }
      if (extension.putIfAbsent(element.name, element.text()) != null) {
        problems.add(process, element.name, element.text(), "One " + element.name + " only");
      }
    }
    return Collections.unmodifiableMap(extension);
  }

  private Map<String, Flow> readFlows(XmlElement process) {
    Map<String, Flow> inDocument = new LinkedHashMap<>();
    for (XmlElement element : process.bpmn("sequenceFlow")) {
      String id = id(element, "sequenceFlow");
      String source = element.attribute("sourceRef");
      String target = element.attribute("targetRef");
      boolean known =
          checkEnd(element, "sourceRef", source) & checkEnd(element, "targetRef", target);
      if (known && source != null && target != null) {
        inDocument.putIfAbsent(
            id, new Flow(id, element.attribute("name"), source, target, condition(element)));
      }
    }
    return inOrder(inDocument);
  }

  private boolean checkEnd(XmlElement flow, String field, @Nullable String node) {
    if (node == null || !nodes.containsKey(node)) {
      problems.add(flow, field, node, "The id of an element that the flow connects");
      return false;
    }
    return true;
  }

  private @Nullable String condition(XmlElement flow) {
    String condition = null;
    for (XmlElement extension : flow.extensions()) {
      if (!extension.name.equals("condition")) {
        continue;
      }
      if (condition != null) {
        problems.add(flow, "condition", extension.text(), "One condition only");
        continue;
      }
      condition = extension.text();
      if (!Settings.isObject(condition)) {
        problems.add(flow, "condition", condition, "A condition as a JSON object");
      }
    }
    for (XmlElement expression : flow.bpmn("conditionExpression")) {
      if (condition == null && !expression.text().isEmpty()) {
        problems.add(
            flow,
            "condition",
            expression.text(),
            "A condition made of criteria; expressions in a language cannot run");
      }
    }
    return condition;
  }

  /** By source in document order, then by the source's outgoing children, the default flow last. */
  private Map<String, Flow> inOrder(Map<String, Flow> inDocument) {
    Map<String, List<Flow>> bySource = new LinkedHashMap<>();
    inDocument
        .values()
        .forEach(
            flow -> bySource.computeIfAbsent(flow.source(), any -> new ArrayList<>()).add(flow));
    Map<String, Flow> ordered = new LinkedHashMap<>();
    for (Node node : nodes.values()) {
      Map<String, Flow> leaving = new LinkedHashMap<>();
      for (XmlElement reference : known(nodeElements, node.id()).children) {
        if (reference.isBpmn("outgoing") || reference.isBpmn("incoming")) {
          Flow flow = inDocument.get(reference.text());
          boolean outgoing = reference.name.equals("outgoing");
          if (flow == null || !(outgoing ? flow.source() : flow.target()).equals(node.id())) {
            problems.add(
                node,
                reference.name,
                reference.text(),
                "A flow that exists and touches this element");
          } else if (outgoing) {
            leaving.put(flow.id(), flow);
          }
        }
      }
      bySource
          .getOrDefault(node.id(), List.of())
          .forEach(flow -> leaving.putIfAbsent(flow.id(), flow));
      Flow last = node.defaultFlow() == null ? null : leaving.remove(node.defaultFlow());
      ordered.putAll(leaving);
      if (last != null) {
        ordered.put(last.id(), last);
      }
    }
    return ordered;
  }
}
