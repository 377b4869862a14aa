package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.RecordRef;
import io.leadloom.schema.FieldDefinitions.Use;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.deal.Pipeline;
import io.leadloom.schema.type.ChoiceDefinitions;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Published automations mean what pipelines, stages and statuses are now, and are named before one of these goes. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class ChangedPipelinesTest extends WithOpportunities {

  @Autowired ChoiceDefinitions choices;

  /** Says yes in the description after a change of the source when the condition holds. */
  private String looking(String name, String condition) {
    workshop.publish(
        Bpmn.automation(name)
            .trigger(on("opportunity.updated", "\"fields\":[\"source\"],"))
            .choice("which")
            .card("yes", "opportunity.set-fields", values("description", "Yes"))
            .end("done")
            .path("start", "which")
            .when("which", "yes", condition)
            .otherwise("which", "done")
            .path("yes", "done"));
    return name;
  }

  private String looked(RecordRef deal, String source) {
    workshop.update(deal, "source", source);
    workshop.settle();
    return String.valueOf(text(deal, "description"));
  }

  private List<String> names(JsonNode uses) {
    return uses.findValuesAsText("name");
  }

  @Test
  void REV_021_aConditionMeansTheStageThatIsInThePlaceOfADeletedOne() {
    String line = workshop.unique("Line");
    String alpha = "Alpha " + line;
    String beta = "Beta " + line;
    long id = pipeline(line, alpha, beta);
    String name =
        looking(workshop.unique("beta"), Bpmn.criterion("opportunity", "stage", "equals", beta));
    RecordRef deal = deal("pipeline", line);
    assertThat(looked(deal, "Vendor")).isEqualTo("null");

    String usage = "/schema/pipelines/" + id + "/usage";
    assertThat(names(admin.get(usage).ok().json().path("uses"))).containsExactly(name);
    assertThat(names(admin.get(usage + "?stage=" + stage(id, 1)).ok().json().path("uses")))
        .containsExactly(name);
    assertThat(names(admin.get(usage + "?stage=" + stage(id, 0)).ok().json().path("uses")))
        .isEmpty();
    admin.get(usage + "?stage=999999999").is(404);

    long first = stage(id, 0);
    admin
        .put(
            "/schema/pipelines/" + id,
            Map.of(
                "version",
                1,
                "name",
                line,
                "stages",
                List.of(Map.of("id", first, "name", alpha)),
                "moves",
                Map.of(stage(id, 1), first)))
        .ok();
    assertThat(looked(deal, "Call")).isEqualTo("Yes");
  }

  @Test
  void REV_012_aConditionSeesAStatusThatIsAddedLaterAndIsNamedBeforeOneGoes() {
    String mark = workshop.unique("relevance");
    looking(mark, Bpmn.criterion("opportunity", "status", "contains", mark));
    String status = mark + " high";
    RecordRef deal = deal();
    assertThat(looked(deal, "Vendor")).isEqualTo("null");
    long id =
        admin
            .post("/schema/opportunity-statuses", Map.of("name", status, "kind", "open"))
            .is(201)
            .id();
    workshop.update(deal, "status", status);
    assertThat(looked(deal, "Call")).isEqualTo("Yes");
    String sets = workshop.unique("sets");
    workshop.publish(
        Bpmn.automation(sets)
            .trigger("{\"type\":\"opportunity.created\",\"condition\":" + no() + "}")
            .card("act", "opportunity.set-fields", values("status", status))
            .end("done")
            .path("start", "act", "done"));
    JsonNode usage =
        admin.get("/schema/opportunity-statuses/" + id + "/usage").ok().json().path("uses");
    assertThat(names(usage)).containsExactly(sets);
  }

  private static String no() {
    return Bpmn.criterion("opportunity", "city", "equals", "nowhere at all");
  }

  @Test
  void LEAD_141_aStageOfLeadsIsNotUsedByWhatNamesAStageOfOpportunitiesWithItsNumber() {
    Pipeline.Stage same = null;
    Choice stage = null;
    for (Choice choice : workshop.schemas.latest().choices("stage")) {
      for (Pipeline pipeline : workshop.schemas.latest().deals().pipelines()) {
        for (Pipeline.Stage one : pipeline.stages()) {
          if (one.id() == choice.id()) {
            same = one;
            stage = choice;
          }
        }
      }
    }
    assertThat(stage).as("a stage of leads with the number of one of opportunities").isNotNull();
    String name = workshop.unique("number");
    workshop.publish(
        Bpmn.automation(name)
            .trigger("{\"type\":\"opportunity.created\",\"condition\":" + no() + "}")
            .card("act", "opportunity.set-fields", values("stage", Long.toString(same.id())))
            .end("done")
            .path("start", "act", "done"));
    assertThat(choices.usage("stage", stage.id()).uses())
        .extracting(Use::name)
        .doesNotContain(name);
  }
}
