package io.leadloom.automation.tag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.definition.SettingsJson;
import io.leadloom.platform.Folded;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Finds the tags that the settings of an automation name: its trigger, its cards, its conditions, its filter. */
final class NamedTags {

  private static final Pattern IN_FILTER =
      Pattern.compile(
          "has\\s+(?:no\\s+)?tag\\s+\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);

  /** Rules name tags as quoted text; what else they quote is taken for one too. */
  private static final Pattern IN_RULE = Pattern.compile("[\"']((?:[^\"'\\\\]|\\\\.)*)[\"']");

  private static final Set<String> OPERATORS = Set.of("hastag", "hasnotag");

  private final Set<String> folded = new HashSet<>();

  private NamedTags() {}

  /** The folded names in a BPMN document. */
  static Set<String> of(String bpmn) {
    NamedTags names = new NamedTags();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(bpmn));
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
          names.text(xml.getText().strip());
        }
      }
    } catch (XMLStreamException e) {
      // One that cannot be read starts nothing; it must not keep a tag from being deleted.
      return names.folded;
    }
    return names.folded;
  }

  private void text(String text) {
    if (text.startsWith("{")) {
      try {
        read(SettingsJson.tree(text));
      } catch (JsonProcessingException e) {
        // Words of somebody that begin with a brace; settings come after them.
      }
    }
  }

  private void read(JsonNode node) {
    if (OPERATORS.contains(node.path("operator").asText("").toLowerCase(Locale.ROOT))) {
      node.path("values").forEach(this::name);
    }
    name(node.path("tag"));
    JsonNode tags = node.path("tags");
    if (tags.isArray()) {
      tags.forEach(this::name);
    } else {
      name(tags);
    }
    quoted(IN_FILTER, node.path("filter"));
    quoted(IN_RULE, node.path("drl"));
    node.forEach(this::read);
  }

  private void quoted(Pattern pattern, JsonNode text) {
    Matcher matcher = pattern.matcher(text.isTextual() ? text.asText() : "");
    while (matcher.find()) {
      add(matcher.group(1).replaceAll("\\\\(.)", "$1"));
    }
  }

  private void name(JsonNode name) {
    if (name.isTextual()) {
      add(name.asText());
    }
  }

  private void add(String name) {
    String text = Folded.of(name);
    if (text != null) {
      folded.add(text);
    }
  }
}
