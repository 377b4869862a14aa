package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What a designer is told before publishing although it can be published: circles, long waits, unasked mails. */
@LeadloomTest
@Import(Workshop.class)
class WarningsTest {

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private Api admin;

  @BeforeEach
  void signIn() {
    admin = new Api(port, "admin");
  }

  private Bpmn flow(String name, String trigger, String card, String settings) {
    return Bpmn.automation(name)
        .trigger(trigger)
        .card("act", card, settings)
        .end("done")
        .path("start", "act", "done");
  }

  private List<JsonNode> warnings(Bpmn bpmn) {
    long id = workshop.publishing.create(null, null, bpmn.xml()).id();
    JsonNode json =
        admin.post("/automations/" + id + "/validate", Map.of("warnings", true)).ok().json();
    assertThat(json.path("problems")).isEmpty();
    List<JsonNode> warnings = new ArrayList<>();
    json.path("warnings").forEach(warnings::add);
    return warnings;
  }

  private static String tagged(String tag) {
    return "{\"type\":\"tag.added\",\"tag\":\"%s\"}".formatted(tag);
  }

  private static String fields(String field, String value) {
    return "{\"values\":{\"%s\":\"%s\"}}".formatted(field, value);
  }

  private static String changed(String field) {
    return "{\"type\":\"lead.updated\",\"fields\":[\"%s\"]}".formatted(field);
  }

  @Test
  void whatCountsUpAFieldItStartsOnStartsItself() {
    List<JsonNode> warnings =
        warnings(
            flow(
                workshop.unique("up"), changed("score"), "lead.set-fields", fields("score", "+5")));
    // Automations of other tests may be part of further circles.
    assertThat(warnings)
        .anySatisfy(
            warning -> {
              assertThat(warning.path("kind").asText()).isEqualTo("loop");
              assertThat(warning.path("element").asText()).isEqualTo("act");
              assertThat(warning.path("text").asText())
                  .isEqualTo(
                      "It may start itself again and again: it changes 'Score', which starts it"
                          + " again");
            });
  }

  @Test
  void aFixedValueIsSetOnceAndEndsTheCircle() {
    assertThat(
            warnings(
                flow(
                    workshop.unique("once"),
                    changed("city"),
                    "lead.set-fields",
                    fields("city", "Pune"))))
        .extracting(warning -> warning.path("text").asText())
        .noneMatch(text -> text.endsWith("it changes 'City', which starts it again"));
  }

  @Test
  void twoThatUndoEachOtherAreACircleThatIsNamed() {
    String tag = workshop.unique("hot");
    String other = workshop.unique("undoes");
    workshop.publish(flow(other, tagged(tag), "tag.remove", "{\"tags\":[\"" + tag + "\"]}"));
    Bpmn draft =
        flow(
            workshop.unique("back"),
            "{\"type\":\"tag.removed\",\"tag\":\"" + tag + "\"}",
            "tag.add",
            "{\"tags\":[\"" + tag + "\"]}");
    assertThat(warnings(draft))
        .extracting(warning -> warning.path("text").asText())
        .contains(
            "It may start itself again and again: it adds the tag '%s', which starts '%s'; that one removes the tag '%s', which starts it again"
                .formatted(tag, other, tag));
  }

  @Test
  void oneThatStartsOncePerRecordEndsTheCircle() {
    String tag = workshop.unique("calm");
    String calms = workshop.unique("calms");
    workshop.publish(
        flow(calms, tagged(tag), "lead.set-fields", fields("score", "+1"))
            .settings("{\"reentry\":{\"policy\":\"oncePerRecord\"}}"));
    assertThat(
            warnings(
                flow(
                    workshop.unique("asks"),
                    changed("score"),
                    "tag.add",
                    "{\"tags\":[\"" + tag + "\"]}")))
        .extracting(warning -> warning.path("text").asText())
        .noneMatch(text -> text.contains(calms));
  }

  @Test
  void aWaitOfMoreThanAYearIsSaid() {
    Bpmn bpmn =
        Bpmn.automation(workshop.unique("long"))
            .trigger(Bpmn.created(workshop.unique("town")))
            .pause("nap", "{\"kind\":\"duration\",\"amount\":60,\"unit\":\"weeks\"}")
            .end("done")
            .path("start", "nap", "done");
    assertThat(warnings(bpmn))
        .extracting(each -> each.path("kind").asText())
        .containsExactly("longWait");
  }

  @Test
  void aMailToAFieldThatDoesNotAskIsSaid() {
    String to = "{\"to\":\"%s\",\"subject\":\"Hello\",\"text\":\"Hello\"}";
    String town = Bpmn.created(workshop.unique("town"));
    assertThat(
            warnings(
                flow(workshop.unique("mails"), town, "email.send", to.formatted("{{lead.email}}"))))
        .extracting(each -> each.path("kind").asText())
        .containsExactly("unaskedMail");
    assertThat(warnings(flow(workshop.unique("asks"), town, "email.send", to.formatted("lead"))))
        .isEmpty();
  }
}
