package io.leadloom.process.reading;

import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.ProcessModel.NodeKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a node of one flow element. What cannot run becomes a card without a type, and a problem. */
final class NodeReader {

  private static final Pattern DURATION =
      Pattern.compile(
          "P(?=.)(\\d{1,9}Y)?(\\d{1,9}M)?(\\d{1,9}W)?(\\d{1,9}D)?"
              + "(T(?=.)(\\d{1,9}H)?(\\d{1,9}M)?(\\d{1,9}(\\.\\d{1,9})?S)?)?");

  /** Elements that BPMN has and runs here do not, and what to use instead. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "scriptTask", "A card instead of a script: scripts are not run",
          "userTask", "A card that creates a task instead of a user task",
          "manualTask", "A card that creates a task instead of a manual task",
          "receiveTask", "An intermediate event that waits instead of a receive task",
          "businessRuleTask", "A gateway with conditions instead of a business rule task",
          "subProcess", "A card that sends to another automation instead of a sub-process",
          "adHocSubProcess",
              "A card that sends to another automation instead of an ad-hoc sub-process",
          "transaction", "A card that sends to another automation instead of a transaction",
          "complexGateway",
              "An exclusive, inclusive, parallel or event gateway instead of a complex one");

  private final XmlElement element;
  private final String id;
  private final XmlElement definitions;
  private final ProblemList problems;
  private final List<XmlElement> eventDefinitions;

  NodeReader(XmlElement element, String id, XmlElement definitions, ProblemList problems) {
    this.element = element;
    this.id = id;
    this.definitions = definitions;
    this.problems = problems;
    this.eventDefinitions =
        element.children.stream()
            .filter(child -> child.namespace.equals(XmlElement.BPMN))
            .filter(
                child ->
                    child.name.endsWith("EventDefinition")
                        || child.name.equals("eventDefinitionRef"))
            .toList();
  }

  Node read() {
    for (XmlElement child : element.children) {
      if (child.isBpmn("multiInstanceLoopCharacteristics")
          || child.isBpmn("standardLoopCharacteristics")) {
        problems.add(
            element, "loop", child.name, "No loop marker: draw the loop, with a wait in it");
      }
    }
    if ("true".equals(element.attribute("isForCompensation"))) {
      problems.add(element, "isForCompensation", "true", "No compensation");
    }
    String refused = REFUSED.get(element.name);
    if (refused != null) {
      problems.add(element, "element", element.name, refused);
      return node(NodeKind.CARD, null, "{}");
    }
    return switch (element.name) {
      case "startEvent" -> startEvent();
      case "endEvent" -> endEvent();
      case "intermediateCatchEvent" -> catchEvent();
      case "intermediateThrowEvent" -> throwEvent();
      case "boundaryEvent" -> boundaryEvent();
      case "exclusiveGateway" -> node(NodeKind.EXCLUSIVE, null, "{}");
      case "inclusiveGateway" -> node(NodeKind.INCLUSIVE, null, "{}");
      case "parallelGateway" -> node(NodeKind.PARALLEL, null, "{}");
      case "eventBasedGateway" -> eventGateway();
      default -> card();
    };
  }

  private Node node(NodeKind kind, @Nullable String card, String settings) {
    boolean interrupting = !"false".equals(element.attribute("cancelActivity"));
    return new Node(
        id,
        element.attributes.getOrDefault("name", "").strip(),
        kind,
        card,
        settings,
        element.attribute("attachedToRef"),
        element.attribute("default"),
        interrupting);
  }

  private Node card() {
    XmlElement card = extension("card");
    if (card == null) {
      problems.add(element, "card", null, "A card: what to do here");
      return node(NodeKind.CARD, null, "{}");
    }
    if (card.attribute("type") == null) {
      problems.add(element, "card.type", null, "The type of the card");
    }
    return node(
        NodeKind.CARD, card.attribute("type"), card.text().isEmpty() ? "{}" : json("card", card));
  }

  private Node startEvent() {
    if (!eventDefinitions.isEmpty()) {
      problems.add(
          element,
          "event",
          eventDefinitions.get(0).name,
          "A plain start event: what starts a run is its trigger");
    }
    XmlElement trigger = extension("trigger");
    return node(NodeKind.START, null, trigger == null ? "{}" : json("trigger", trigger));
  }

  private Node endEvent() {
    String definition = eventDefinition();
    if (definition == null) {
      return node(NodeKind.END, null, "{}");
    }
    if (!definition.equals("terminateEventDefinition")) {
      problems.add(
          element, "event", definition, "A plain end event or one that stops the whole run");
      return node(NodeKind.END, null, "{}");
    }
    return node(NodeKind.TERMINATE, null, "{}");
  }

  private Node catchEvent() {
    String definition = eventDefinition();
    if ("timerEventDefinition".equals(definition)) {
      return node(NodeKind.TIMER, null, wait(eventDefinitions.get(0)));
    }
    if ("linkEventDefinition".equals(definition)) {
      return link(NodeKind.LINK_CATCH);
    }
    XmlElement event = extension("event");
    if (!"signalEventDefinition".equals(definition)
        && !"messageEventDefinition".equals(definition)) {
      problems.add(
          element,
          "event",
          definition,
          "A timer, an event (signal or message) or a link to wait for");
    } else if (event == null) {
      problems.add(element, "event", null, "The event to wait for");
    }
    return node(NodeKind.EVENT, null, event == null ? "{}" : json("event", event));
  }

  private Node throwEvent() {
    String definition = eventDefinition();
    if ("linkEventDefinition".equals(definition)) {
      return link(NodeKind.LINK_THROW);
    }
    problems.add(element, "event", definition, "A link; use a card to do something");
    return node(NodeKind.CARD, null, "{}");
  }

  private Node link(NodeKind kind) {
    String name = eventDefinitions.get(0).attribute("name");
    if (name == null) {
      problems.add(
          element,
          "link",
          null,
          "A name for the link, the same where it leaves and where it arrives");
    }
    return node(kind, null, Settings.of("link", name == null ? "" : name));
  }

  private Node boundaryEvent() {
    String definition = eventDefinition();
    if ("timerEventDefinition".equals(definition)) {
      return node(NodeKind.BOUNDARY_TIMER, null, wait(eventDefinitions.get(0)));
    }
    if (!"errorEventDefinition".equals(definition)) {
      problems.add(element, "event", definition, "A timer or an error on the edge of a card");
    } else if ("false".equals(element.attribute("cancelActivity"))) {
      problems.add(element, "cancelActivity", "false", "An error event that ends the card");
    }
    return node(NodeKind.BOUNDARY_ERROR, null, "{}");
  }

  private Node eventGateway() {
    if ("true".equals(element.attribute("instantiate"))) {
      problems.add(
          element,
          "instantiate",
          "true",
          "A gateway inside the run; what starts a run is its trigger");
    }
    return node(NodeKind.EVENT_GATEWAY, null, "{}");
  }

  /** The name of its only event definition. */
  private @Nullable String eventDefinition() {
    if (eventDefinitions.isEmpty()) {
      return null;
    }
    if (eventDefinitions.size() > 1) {
      problems.add(element, "event", eventDefinitions.get(1).name, "One event definition only");
    }
    XmlElement definition = eventDefinitions.get(0);
    checkReference(definition, "signalRef", "signal");
    checkReference(definition, "messageRef", "message");
    checkReference(definition, "errorRef", "error");
    return definition.name;
  }

  private void checkReference(XmlElement definition, String attribute, String target) {
    String reference = definition.attribute(attribute);
    if (reference != null) {
      String local = reference.substring(reference.indexOf(':') + 1);
      boolean known =
          definitions.bpmn(target).stream()
              .map(found -> found.attribute("id"))
              .anyMatch(found -> reference.equals(found) || local.equals(found));
      if (!known) {
        problems.add(element, attribute, reference, "The id of a " + target + " in the document");
      }
    }
  }

  /** The settings of a timer: Leadloom's, or else made from the BPMN definition. */
  private String wait(XmlElement definition) {
    XmlElement wait = extension("wait");
    if (wait != null) {
      return json("wait", wait);
    }
    String settings = null;
    for (XmlElement time : definition.children) {
      String text = time.text();
      if (time.isBpmn("timeDuration") && settings == null) {
        settings = Settings.of("kind", "duration", "iso", text);
        if (!DURATION.matcher(text).matches()) {
          problems.add(element, "timeDuration", text, "An ISO 8601 duration such as PT4H or P2D");
        }
      } else if (time.isBpmn("timeDate") && settings == null) {
        settings = Settings.of("kind", "until", "date", text);
        if (!isDate(text)) {
          problems.add(
              element, "timeDate", text, "An ISO 8601 date such as 2026-12-24T09:00 or 2026-12-24");
        }
      } else if (time.namespace.equals(XmlElement.BPMN)) {
        problems.add(
            element, time.name, text, "One duration or one date; a repetition is drawn as a loop");
      }
    }
    if (settings == null) {
      problems.add(element, "wait", null, "How long or until when to wait");
      return "{}";
    }
    return settings;
  }

  private static boolean isDate(String text) {
    try {
      if (!text.contains("T")) {
        LocalDate.parse(text);
      } else if (text.endsWith("Z")
          || text.indexOf('+') > 0
          || text.lastIndexOf('-') > text.indexOf('T')) {
        OffsetDateTime.parse(text);
      } else {
        LocalDateTime.parse(text);
      }
      return true;
    } catch (DateTimeException notADate) {
      return false;
    }
  }

  private @Nullable XmlElement extension(String name) {
    XmlElement found = null;
    for (XmlElement extension : element.extensions()) {
      if (extension.name.equals(name)) {
        if (found != null) {
          problems.add(element, name, extension.text(), "One " + name + " only");
        } else {
          found = extension;
        }
      }
    }
    return found;
  }

  private String json(String field, XmlElement settings) {
    if (!Settings.isObject(settings.text())) {
      problems.add(element, field, settings.text(), "Settings as a JSON object");
    }
    return settings.text();
  }
}
