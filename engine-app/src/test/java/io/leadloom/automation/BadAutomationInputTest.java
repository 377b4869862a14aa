package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What cannot be an automation is refused with a reason, and leaves nothing behind. */
@LeadloomTest
@Import(Workshop.class)
class BadAutomationInputTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;
  private int automations;

  @BeforeEach
  void count() {
    admin = new Api(port, "admin");
    automations = admin.get("/automations").json().path("items").size();
  }

  /** None of these tests may make an automation but by {@link #draft}. */
  @AfterEach
  void nothingIsHalfWritten() {
    assertThat(admin.get("/automations").json().path("items")).hasSize(automations);
  }

  private String draft(Bpmn bpmn) {
    automations++;
    long id = admin.post("/automations", Map.of("bpmn", bpmn.xml())).is(201).id();
    return "/automations/" + id;
  }

  private Bpmn plain() {
    return Bpmn.automation(workshop.unique("plain"))
        .trigger("{\"type\":\"lead.created\"}")
        .end("done")
        .path("start", "done");
  }

  @Test
  void malformedJsonIsToldByLineAndColumn() {
    Api.Answer answer = admin.post("/automations", "{\"bpmn\": \"x\",").problem(400);
    assertThat(answer.json().path("detail").asText()).contains("line 1, column");
    admin.post("/automations", "").problem(400);
    admin.post("/automations", "[]").problem(422);
    admin.post("/automations", "{\"bpmn\":\"x\"} {}").problem(422);
    admin.post("/automations", "{\"bpmn\":\"x\",\"bpmn\":\"y\"}").problem(400);
    admin.post("/automations", "{\"bpmn\":" + "[".repeat(2000)).problem(422);
  }

  @Test
  void unknownPropertiesAndWrongTypesAreNamed() {
    admin
        .post("/automations", Map.of("bpnm", "x"))
        .problem(422)
        .says("bpnm", "one of the properties");
    admin.post("/automations", "{\"bpmn\":{\"a\":1}}").problem(422).says("bpmn", "a text");
    admin.post("/automations", Map.of()).problem(422).says("bpmn", "template");
    String path = draft(plain());
    admin
        .put(path + "/draft", "{\"version\":\"new\",\"bpmn\":\"x\"}")
        .problem(422)
        .says("version", "number");
    admin.put(path + "/draft", "{\"bpmn\":\"x\"}").problem(422).says("version", "number");
    admin.put(path + "/draft", Map.of("version", 0)).problem(422).says("bpmn", "document");
    admin
        .put(path + "/draft", Map.of("version", 0, "bpmn", "not XML at all"))
        .problem(422)
        .says("bpmn", "");
    admin.post(path + "/validate", "{\"bpmn\":[17]}").problem(422).says("bpmn", "a text");
    JsonNode unreadable = admin.post(path + "/validate", Map.of("bpmn", "<x/>")).ok().json();
    assertThat(unreadable.path("problems")).isNotEmpty();
    assertThat(admin.get(path).json().path("version").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE definitions SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
      })
  void documentTypesAndEntitiesAreRefusedUnread(String doctype) {
    String xml = plain().xml();
    int head = xml.indexOf("?>") + 2;
    String evil = xml.substring(0, head) + doctype + xml.substring(head);
    admin.post("/automations", Map.of("bpmn", evil)).problem(422).says("bpmn", "DOCTYPE");
  }

  @Test
  void aModelOfTenThousandCardsIsRefusedBeforeItIsBuilt() {
    String cards =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "<bpmn:serviceTask id=\"c" + i + "\"/>")
            .collect(Collectors.joining());
    String xml = plain().xml().replace("</bpmn:process>", cards + "</bpmn:process>");
    admin.post("/automations", Map.of("bpmn", xml)).problem(422).says("bpmn", "At most 2000");
  }

  @Test
  void hugeAndDeepDocumentsAreRefused() {
    String head = plain().xml();
    admin
        .post("/automations", Map.of("bpmn", head + " ".repeat(4_500_000)))
        .problem(422)
        .says("bpmn", "");
    admin.post("/automations", Map.of("bpmn", "x".repeat(6_000_000))).problem(413);
    admin.post("/automations", Map.of("bpmn", "x".repeat(17_000_000))).problem(413);
    String deep =
        head.replace(
            "</bpmn:process>",
            "<bpmn:extensionElements>"
                + "<a>".repeat(1000)
                + "</a>".repeat(1000)
                + "</bpmn:extensionElements></bpmn:process>");
    admin.post("/automations", Map.of("bpmn", deep)).problem(422).says("bpmn", "nested");
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    admin
        .post("/automations", Map.of("bpmn", plain().xml(), "name", "n".repeat(201)))
        .problem(422)
        .says("name", "1 to 200");
    String path = draft(plain());
    admin
        .put(
            path + "/draft",
            Map.of("version", 0, "bpmn", plain().xml(), "description", "d".repeat(5000)))
        .problem(422)
        .says("description", "2000");
  }

  @Test
  void aScriptTaskIsKeptInADraftButNeverPublished() {
    String xml =
        plain()
            .xml()
            .replace(
                "</bpmn:process>",
                "<bpmn:scriptTask id=\"script\" name=\"Evil\"><bpmn:script>System.exit(1)</bpmn:script>"
                    + "</bpmn:scriptTask></bpmn:process>");
    automations++;
    long id = admin.post("/automations", Map.of("bpmn", xml)).is(201).id();
    String path = "/automations/" + id;
    admin.post(path + "/publish").problem(422).says("script.element", "scripts are not run");
    assertThat(admin.get(path + "/versions").json().path("items")).isEmpty();
    assertThat(admin.get(path).json().path("state").asText()).isEqualTo("draft");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval(System.exit(1) == null)",
        "Lead(Runtime.getRuntime().exec(\\\"id\\\") != null)",
        "Lead(new java.io.File(\\\"/etc/passwd\\\").exists())",
        "Lead(Class.forName(\\\"java.lang.System\\\") != null)",
        "not even close to a rule ((("
      })
  void rulesThatReachOutOfTheirFactsAreRefusedWithTheirLine(String drl) {
    Bpmn bpmn =
        Bpmn.automation(workshop.unique("drl"))
            .trigger("{\"type\":\"lead.created\"}")
            .choice("which")
            .end("yes")
            .end("no")
            .path("start", "which")
            .when("which", "yes", "{\"drl\":\"" + drl + "\"}")
            .otherwise("which", "no");
    String path = draft(bpmn);
    Api.Answer refused = admin.post(path + "/publish").problem(422).says("f2.drl", "");
    assertThat(refused.text()).contains("(line ");
    assertThat(admin.get(path).json().path("state").asText()).isEqualTo("draft");
  }
}
