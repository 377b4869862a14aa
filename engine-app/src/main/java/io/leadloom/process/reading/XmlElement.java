package io.leadloom.process.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An element of a BPMN document, without comments and processing instructions. */
final class XmlElement {

  static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
  static final String LEADLOOM = "https://leadloom.io/schema/bpmn/1";

  final String namespace;
  final String name;
  final Map<String, String> attributes;
  final int line;
  final List<XmlElement> children = new ArrayList<>(4);
  private @Nullable StringBuilder text;

  XmlElement(String namespace, String name, Map<String, String> attributes, int line) {
    this.namespace = namespace;
    this.name = name;
    this.attributes = attributes;
    this.line = line;
  }

  void append(String part) {
    if (text == null) {
      text = new StringBuilder();
    }
    text.append(part);
  }

  /** Its own text, trimmed. */
  String text() {
    return text == null ? "" : text.toString().strip();
  }

  /** An attribute without namespace; null when it is missing or blank. */
  @Nullable String attribute(String attribute) {
    String value = attributes.get(attribute);
    return value == null || value.isBlank() ? null : value.strip();
  }

  boolean isBpmn(String local) {
    return name.equals(local) && namespace.equals(BPMN);
  }

  List<XmlElement> bpmn(String local) {
    return children.stream().filter(child -> child.isBpmn(local)).toList();
  }

  /** The Leadloom elements among its extension elements. */
  List<XmlElement> extensions() {
    return bpmn("extensionElements").stream()
        .flatMap(extensions -> extensions.children.stream())
        .filter(extension -> extension.namespace.equals(LEADLOOM))
        .toList();
  }
}
