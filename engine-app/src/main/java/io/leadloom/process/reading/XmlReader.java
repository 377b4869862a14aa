package io.leadloom.process.reading;

import io.leadloom.process.Processes.Problem;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML from strangers: no DOCTYPE, no entities, nothing from outside, and limits on size, depth and number of
 * elements, each checked while reading, so that a refused document costs no more than the limit.
 */
final class XmlReader {

  static final int MOST_CHARACTERS = 4 * 1024 * 1024;
  static final int MOST_DEPTH = 64;
  static final int MOST_FLOW_NODES = 2_000;
  static final int MOST_FLOWS = 6_000;
  static final int MOST_ELEMENTS = 100_000;

  static final Set<String> FLOW_NODES =
      Set.of(
          "startEvent",
          "endEvent",
          "intermediateCatchEvent",
          "intermediateThrowEvent",
          "boundaryEvent",
          "task",
          "serviceTask",
          "sendTask",
          "callActivity",
          "userTask",
          "manualTask",
          "receiveTask",
          "scriptTask",
          "businessRuleTask",
          "subProcess",
          "adHocSubProcess",
          "transaction",
          "exclusiveGateway",
          "inclusiveGateway",
          "parallelGateway",
          "eventBasedGateway",
          "complexGateway");

  /** Why a document cannot be read. */
  static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    final transient Problem problem;

    Unreadable(String field, @Nullable String value, String expectation) {
      super(expectation);
      this.problem = new Problem(null, null, field, value, expectation);
    }
  }

  private static final XMLInputFactory FACTORY = factory();

  private XmlReader() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("No external entities");
        });
    return factory;
  }

  static XmlElement read(String document) throws Unreadable {
    if (document.length() > MOST_CHARACTERS) {
      throw new Unreadable(
          "document", document.length() + " characters", "A document of at most 4 MB");
    }
    if (document.indexOf('\uFFFD') >= 0 || document.indexOf('\0') >= 0) {
      throw new Unreadable(
          "encoding", null, "A document encoded in UTF-8; some characters could not be decoded");
    }
    String xml = document.startsWith("\uFEFF") ? document.substring(1) : document;
    if (xml.isBlank()) {
      throw new Unreadable("document", null, "A BPMN 2.0 document, not an empty one");
    }
    try {
      return read(stream(xml));
    } catch (XMLStreamException broken) {
      throw new Unreadable("document", where(broken), "Well-formed XML");
    } catch (RuntimeException broken) {
      throw new Unreadable("document", null, "Well-formed XML that can be read");
    }
  }

  private static synchronized XMLStreamReader stream(String xml) throws XMLStreamException {
    return FACTORY.createXMLStreamReader(new StringReader(xml));
  }

  private static String where(XMLStreamException broken) {
    return broken.getLocation() == null
        ? "unknown place"
        : "line "
            + broken.getLocation().getLineNumber()
            + ", column "
            + broken.getLocation().getColumnNumber();
  }

  private static XmlElement read(XMLStreamReader in) throws XMLStreamException, Unreadable {
    ArrayDeque<XmlElement> open = new ArrayDeque<>();
    XmlElement root = null;
    int elements = 0;
    int flowNodes = 0;
    int flows = 0;
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.DTD ->
            throw new Unreadable("document", "DOCTYPE", "A document without a DOCTYPE");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new Unreadable("document", in.getLocalName(), "A document without entities");
        case XMLStreamConstants.START_ELEMENT -> {
          XmlElement element = element(in);
          if (open.size() >= MOST_DEPTH) {
            throw new Unreadable(
                "document", null, "Elements nested at most " + MOST_DEPTH + " deep");
          }
          if (++elements > MOST_ELEMENTS) {
            throw new Unreadable("document", null, "At most " + MOST_ELEMENTS + " XML elements");
          }
          if (element.namespace.equals(XmlElement.BPMN)
              && FLOW_NODES.contains(element.name)
              && ++flowNodes > MOST_FLOW_NODES) {
            throw new Unreadable(
                "process", null, "At most " + MOST_FLOW_NODES + " cards, events and gateways");
          }
          if (element.isBpmn("sequenceFlow") && ++flows > MOST_FLOWS) {
            throw new Unreadable("process", null, "At most " + MOST_FLOWS + " flows");
          }
          if (root == null) {
            root = element;
          } else {
            open.peek().children.add(element);
          }
          open.push(element);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!in.isWhiteSpace() && !open.isEmpty()) {
            open.peek().append(in.getText());
          }
        }
        default -> {}
      }
    }
    if (root == null) {
      throw new Unreadable("document", null, "A BPMN 2.0 document");
    }
    return root;
  }

  private static XmlElement element(XMLStreamReader in) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String namespace = in.getAttributeNamespace(i);
      if (namespace == null || namespace.isEmpty()) {
        attributes.put(in.getAttributeLocalName(i), in.getAttributeValue(i));
      }
    }
    String namespace = in.getNamespaceURI() == null ? "" : in.getNamespaceURI();
    return new XmlElement(
        namespace, in.getLocalName(), attributes, in.getLocation().getLineNumber());
  }
}
