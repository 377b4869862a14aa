package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;

/** Cards that create and change opportunities, and what publishing says about them. */
@LeadloomTest
@Tag("database")
@Import(Workshop.class)
class OpportunityCardsTest extends WithOpportunities {

  @Test
  void publishingNamesElementFieldAndExpectationOfWhatDoesNotFit() {
    String pipeline = workshop.unique("Upsell");
    pipeline(pipeline, "First", "Second");
    assertThat(
            refused(
                does(
                    on("opportunity.created", ""),
                    "opportunity.set-fields",
                    values("pipeline", pipeline, "stage", "New", "status", "Perhaps"))))
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.values.stage");
              assertThat(violation.value()).isEqualTo("New");
              assertThat(violation.expectation())
                  .isEqualTo("'act': a stage of the pipeline " + pipeline + ": First, Second");
            })
        .anySatisfy(
            violation -> {
              assertThat(violation.field()).isEqualTo("act.values.status");
              assertThat(violation.value()).isEqualTo("Perhaps");
              assertThat(violation.expectation()).contains("one of: ").contains("Won");
            });
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\"}",
                    "opportunity.create",
                    "{\"name\":\"x\",\"values\":{\"pipeline\":\"Nowhere\",\"closedAt\":\"today\"}}")))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("act.values.pipeline", "act.values.closedAt");
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\"}",
                    "opportunity.set-fields",
                    values("status", "Won"))))
        .singleElement()
        .satisfies(
            violation -> assertThat(violation.expectation()).contains("about an opportunity"));
    assertThat(
            refused(
                does(
                    "{\"type\":\"lead.created\",\"condition\":"
                        + Bpmn.criterion("opportunity", "statusKind", "equals", "open")
                        + "}",
                    "lead.star",
                    "{}")))
        .extracting(Violation::expectation)
        .singleElement()
        .asString()
        .endsWith("a source that exists: no opportunity triggers this automation");
    assertThat(
            refused(
                does(
                    "{\"type\":\"opportunity.updated\",\"fields\":[\"stage\"],\"to\":\"Nowhere\"}",
                    "opportunity.set-fields",
                    values("status", "Won"))))
        .extracting(Violation::field)
        .containsExactly("start.to");
  }

  @Test
  void whatIsRenamedIsMeantStillAndWhatIsGoneFailsTheCardWithItsReason() {
    String pipeline = workshop.unique("Gone");
    String kept = workshop.unique("Kept");
    pipeline(kept, kept);
    long id = pipeline(pipeline, "Alpha " + pipeline, "Beta " + pipeline);
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"source\"],"),
            "opportunity.set-fields",
            values("pipeline", pipeline, "stage", "Beta " + pipeline)));
    RecordRef before = deal("pipeline", kept);
    workshop.update(before, "source", "Vendor");
    workshop.settle();
    assertThat(text(before, "stage")).isEqualTo("Beta " + pipeline);
    rename(id, pipeline + " renamed");
    RecordRef renamed = deal("pipeline", kept);
    workshop.update(renamed, "source", "Vendor");
    workshop.settle();
    assertThat(text(renamed, "stage")).isEqualTo("Beta " + pipeline);
    workshop.update(before, "pipeline", kept);
    workshop.update(renamed, "pipeline", kept);
    // Nobody chooses what its names mean from now on, the former one among them.
    admin.delete("/schema/pipelines/" + id).is(204);
    RecordRef after = deal("pipeline", kept);
    workshop.update(after, "source", "Vendor");
    workshop.settle();
    assertThat(workshop.status(after)).isEqualTo(RunStatus.FAILED);
    assertThat(act(after).message()).contains("values.stage").contains("Beta " + pipeline);
    assertThat(text(after, "stage")).isEqualTo(kept);
  }

  private void rename(long pipeline, String name) {
    for (JsonNode one : admin.get("/schema/pipelines").is(200).json().path("items")) {
      if (one.path("id").asLong() == pipeline) {
        List<Map<String, Object>> stages = new ArrayList<>();
        one.path("stages")
            .forEach(
                stage ->
                    stages.add(
                        Map.of(
                            "id", stage.path("id").asLong(), "name", stage.path("name").asText())));
        admin
            .put(
                "/schema/pipelines/" + pipeline,
                Map.of("name", name, "version", one.path("version").asInt(), "stages", stages))
            .is(200);
        return;
      }
    }
    throw new AssertionError("no pipeline " + pipeline);
  }

  @Test
  void AUT_065_stagesOfOneNameAreThoseOfTheOpportunitysOwnPipeline() {
    String one = workshop.unique("One");
    String two = workshop.unique("Two");
    String paid = workshop.unique("Paid");
    pipeline(one, "Begun", paid);
    pipeline(two, "Begun", paid);
    workshop.publish(
        does(
            on("opportunity.updated", "\"fields\":[\"source\"],"),
            "opportunity.set-fields",
            values("stage", paid)));
    RecordRef first = deal("pipeline", one);
    RecordRef second = deal("pipeline", two);
    workshop.update(first, "source", "Vendor");
    workshop.update(second, "source", "Vendor");
    workshop.settle();
    assertThat(text(first, "stage")).isEqualTo(paid + " (" + one + ")");
    assertThat(text(second, "stage")).isEqualTo(paid + " (" + two + ")");
  }

  private List<Long> dealsOf(RecordRef lead) {
    return workshop.jdbc.queryForList(
        "select id from opportunities where lead_id = ? order by id", Long.class, lead.id());
  }

  @Test
  void anOpportunityIsCreatedOfEachLeadOfABatchForItsOwnerOrANamedUser() {
    long seller = workshop.seller();
    String loans = workshop.unique("Loans");
    pipeline(loans, loans);
    workshop.publish(
        does(
            Bpmn.created(city),
            "opportunity.create",
            "{\"name\":\"Loan of {{lead.lastName}}\",\"assignTo\":\"user:scenario-seller\","
                + "\"values\":{\"stage\":\"%s\",\"value\":\"120.50 EUR\"}}".formatted(loans)));
    List<RecordRef> leads = IntStream.range(0, 12).mapToObj(n -> lead()).toList();
    RecordRef alone = workshop.lead(Map.of("company", city, "city", city));
    workshop.settle();
    for (RecordRef lead : leads) {
      assertThat(dealsOf(lead)).hasSize(1);
      RecordRef deal = RecordRef.opportunity(dealsOf(lead).get(0));
      Values values = workshop.get(deal).values();
      assertThat(values.text("name")).isEqualTo("Loan of Buyer");
      assertThat(values.number("owner")).isEqualTo(seller);
      assertThat(values.number("contact")).isEqualTo(workshop.get(lead).values().number("contact"));
      assertThat(String.valueOf(values.get("value"))).contains("120.50");
      assertThat(act(lead).message()).isEqualTo("Created " + deal);
    }
    assertThat(workshop.get(alone).values().get("contact")).isNull();
    assertThat(workshop.status(alone)).isEqualTo(RunStatus.FAILED);
    assertThat(act(alone).message())
        .isEqualTo("The lead has no contact, which an opportunity needs");
  }
}
