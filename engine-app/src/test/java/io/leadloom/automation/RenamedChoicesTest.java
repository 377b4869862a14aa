package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.RecordRef;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.type.ChoiceDefinitions;
import io.leadloom.schema.type.ChoiceDefinitions.ChangedChoice;
import io.leadloom.testing.LeadloomTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Published automations go on with a stage that is called otherwise by now, or has another in its place (LEAD-141). */
@LeadloomTest
@Import(Workshop.class)
class RenamedChoicesTest {

  @Autowired Workshop workshop;
  @Autowired ChoiceDefinitions choices;

  private Choice stage(String label) {
    return choices.create("stage", named(label));
  }

  private static ChangedChoice named(String label) {
    return new ChangedChoice(label, null, null, null, null, null, null, null);
  }

  @AfterEach
  void settle() {
    workshop.settle();
  }

  /** Starts when a lead comes to the stage, looks at the stage itself and at its rule, and says so. */
  private Bpmn watching(String name, String stage) {
    return Bpmn.automation(name)
        .trigger("{\"type\":\"lead.updated\",\"fields\":[\"stage\"],\"to\":\"" + stage + "\"}")
        .choice("which")
        .choice("rule")
        .card("yes", "lead.set-fields", "{\"values\":{\"jobTitle\":\"In {{lead.stage}}\"}}")
        .end("done")
        .path("start", "which")
        .when("which", "rule", Bpmn.lead("stage", "equals", stage))
        .otherwise("which", "done")
        .when("rule", "yes", "{\"drl\":\"Lead(stage == \\\"" + stage + "\\\")\"}")
        .otherwise("rule", "done")
        .path("yes", "done");
  }

  private String jobTitle(RecordRef lead) {
    return workshop.get(lead).values().text("jobTitle");
  }

  @Test
  void conditionsTriggersAndRulesOfAPublishedAutomationMeanTheSameAfterARename() {
    String before = workshop.unique("Talking");
    String after = workshop.unique("In talks");
    Choice stage = stage(before);
    String name = workshop.unique("watching");
    workshop.publish(watching(name, before));
    RecordRef early = workshop.lead(Map.of("lastName", "Early"));
    workshop.update(early, "stage", before);
    workshop.settle();
    assertThat(jobTitle(early)).isEqualTo("In " + before);

    choices.change("stage", stage.id(), named(after));
    RecordRef late = workshop.lead(Map.of("lastName", "Late"));
    workshop.update(late, "stage", after);
    workshop.settle();

    assertThat(jobTitle(late)).isEqualTo("In " + after);
    assertThat(workshop.get(early).values().text("stage")).isEqualTo(after);
    assertThat(choices.usage("stage", stage.id()).uses())
        .anySatisfy(use -> assertThat(use.name()).isEqualTo(name));
  }

  @Test
  void anAutomationThatNamesADeletedStageMeansTheOneInItsPlace() {
    String gone = workshop.unique("Gone");
    Choice old = stage(gone);
    Choice instead = stage(workshop.unique("Instead"));
    workshop.publish(
        Bpmn.automation(workshop.unique("replaced"))
            .trigger("{\"type\":\"lead.updated\",\"fields\":[\"stage\"],\"to\":\"" + gone + "\"}")
            .choice("which")
            .card("yes", "lead.set-fields", "{\"values\":{\"jobTitle\":\"Yes\"}}")
            .end("done")
            .path("start", "which")
            .when("which", "yes", Bpmn.lead("stage", "equals", gone))
            .otherwise("which", "done")
            .path("yes", "done"));
    choices.delete("stage", old.id(), instead.id());

    RecordRef lead = workshop.lead(Map.of("lastName", "Later"));
    workshop.update(lead, "stage", instead.label());
    workshop.settle();
    assertThat(jobTitle(lead)).isEqualTo("Yes");
  }
}
