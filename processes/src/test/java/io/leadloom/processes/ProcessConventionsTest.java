package io.leadloom.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What every ready-made automation and every card descriptor keeps to. */
class ProcessConventionsTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Set<String> GROUPS =
      Set.of(
          "Triggers",
          "Conditions",
          "Messaging",
          "Lead Actions",
          "Opportunity Actions",
          "Sales Execution",
          "Custom",
          "Send to Sub-Automation",
          "Flow");
  private static final Set<String> INPUTS =
      Set.of(
          "tag",
          "tags",
          "text",
          "longText",
          "number",
          "select",
          "field",
          "fields",
          "dateField",
          "fieldValues",
          "list",
          "smartList",
          "user",
          "users",
          "team",
          "duration",
          "dateTime",
          "time",
          "timeZone",
          "weekdays",
          "secret",
          "condition",
          "automation",
          "activityType",
          "taskType",
          "html",
          "json",
          "boolean",
          "url");
  private static final Set<String> NODES =
      Set.of(
          "startEvent",
          "endEvent",
          "serviceTask",
          "exclusiveGateway",
          "parallelGateway",
          "eventBasedGateway",
          "intermediateCatchEvent");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Path> processes() throws IOException {
    return files("processes", ".bpmn");
  }

  static Stream<Path> cards() throws IOException {
    return files("cards", ".json");
  }

  private static Stream<Path> files(String folder, String ending) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(RESOURCES.resolve(folder))) {
      all.filter(file -> file.toString().endsWith(ending)).sorted().forEach(found::add);
    }
    return found.stream();
  }

  @Test
  void thereAreAtLeastEightReadyMadeAutomations() throws IOException {
    assertThat(processes()).hasSizeGreaterThanOrEqualTo(8);
  }

  @ParameterizedTest
  @MethodSource("processes")
  void aProcessIsNamedLikeItsFileAndFolderAndHasAScenario(Path file) throws Exception {
    String goal = file.getParent().getFileName().toString();
    assertThat(file).hasFileName(goal + ".bpmn");
    assertThat(file.resolveSibling(goal + ".scenarios.yaml")).exists();
    Element process = (Element) read(file).getElementsByTagName("bpmn:process").item(0);
    assertThat(process.getAttribute("id")).isEqualTo(goal);
    assertThat(process.getAttribute("name")).isNotBlank();
    assertThat(JSON.readTree(text(process, "leadloom:automation")).path("description").asText())
        .isNotBlank();
  }

  @ParameterizedTest
  @MethodSource("processes")
  void everyNodeIsNamedKnownAndDrawn(Path file) throws Exception {
    Document document = read(file);
    Set<String> drawn = new HashSet<>();
    each(document, "bpmndi:BPMNShape", shape -> drawn.add(shape.getAttribute("bpmnElement")));
    each(document, "bpmndi:BPMNEdge", edge -> drawn.add(edge.getAttribute("bpmnElement")));
    Set<String> cards = new HashSet<>();
    cards().forEach(card -> cards.add(card.getFileName().toString().replace(".json", "")));
    Element process = (Element) document.getElementsByTagName("bpmn:process").item(0);
    NodeList children = process.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element node
          && !node.getTagName().equals("bpmn:extensionElements")) {
        String id = node.getAttribute("id");
        assertThat(drawn).as("drawn").contains(id);
        if (!node.getTagName().equals("bpmn:sequenceFlow")) {
          assertThat(NODES).contains(node.getTagName().substring("bpmn:".length()));
          assertThat(node.getAttribute("name")).as("name of " + id).isNotBlank();
        }
      }
    }
    each(document, "leadloom:card", card -> assertThat(cards).contains(card.getAttribute("type")));
    each(document, "bpmn:conditionExpression", any -> assertThat(any).as("scripts").isNull());
  }

  @ParameterizedTest
  @MethodSource("cards")
  void aCardDescriptorIsComplete(Path file) throws IOException {
    JsonNode card = JSON.readTree(Files.readString(file));
    assertThat(file).hasFileName(card.path("type").asText() + ".json");
    assertThat(GROUPS).contains(card.path("group").asText());
    assertThat(card.path("label").asText()).isNotBlank();
    assertThat(card.path("icon").asText()).isNotBlank();
    assertThat(card.path("description").asText()).isNotBlank();
    assertThat(card.path("element").asText()).startsWith("bpmn:");
    card.path("fields")
        .forEach(
            field -> {
              assertThat(field.path("key").asText()).isNotBlank();
              assertThat(field.path("label").asText()).isNotBlank();
              assertThat(INPUTS).contains(field.path("input").asText());
              if (field.path("input").asText().equals("select")) {
                assertThat(field.path("options")).isNotEmpty();
              }
              field
                  .path("when")
                  .fieldNames()
                  .forEachRemaining(
                      key -> assertThat(card.path("fields").findValuesAsText("key")).contains(key));
            });
  }

  private static Document read(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(file.toFile());
  }

  private static String text(Element element, String name) {
    return element.getElementsByTagName(name).item(0).getTextContent();
  }

  private static void each(
      Document document, String name, java.util.function.Consumer<Element> use) {
    NodeList found = document.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      use.accept((Element) found.item(i));
    }
  }
}
