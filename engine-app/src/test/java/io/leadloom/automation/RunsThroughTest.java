package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** A record changes, a trigger matches, a process runs with conditions, cards change records, the history explains. */
@LeadloomTest
@Import(Workshop.class)
class RunsThroughTest {

  @Autowired Workshop workshop;

  @Test
  void aLeadGoesThroughAConditionToACardAndTheHistoryTellsWhy() {
    String city = workshop.unique("Pune");
    workshop.publish(
        Bpmn.automation(workshop.unique("through"))
            .trigger(Bpmn.created(city))
            .choice("hot")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Hot\"}}")
            .card("no", "lead.set-fields", "{\"values\":{\"company\":\"Cold {{lead.firstName}}\"}}")
            .end("done")
            .path("start", "hot")
            .when("hot", "yes", Bpmn.lead("jobTitle", "equals", "Director"))
            .otherwise("hot", "no")
            .path("yes", "done")
            .path("no", "done"));
    RecordRef hot = workshop.lead(Map.of("lastName", "A", "city", city, "jobTitle", "director"));
    RecordRef cold = workshop.lead(Map.of("firstName", "Bea", "lastName", "B", "city", city));
    RecordRef other = workshop.lead(Map.of("lastName", "C", "city", "Elsewhere"));
    workshop.settle();

    assertThat(workshop.get(hot).values().text("company")).isEqualTo("Hot");
    assertThat(workshop.get(cold).values().text("company")).isEqualTo("Cold Bea");
    assertThat(workshop.runs(other)).isEmpty();
    RunHistory.Summary run = workshop.onlyRun(hot);
    assertThat(run.status()).isEqualTo(RunStatus.DONE);
    assertThat(workshop.path(run.id())).containsExactly("start", "hot", "yes", "done");
    RunHistory.Step gateway = workshop.history.steps(run.id()).get(1);
    assertThat(gateway.branch()).isEqualTo("f2");
    assertThat(gateway.seen()).containsKey("lead.jobTitle");
  }

  @Test
  void AUT_020_AUT_021_aWaitDelaysTheRunAndTheConditionAfterItSeesTheDataOfThen() {
    String city = workshop.unique("Goa");
    workshop.publish(
        Bpmn.automation(workshop.unique("waits"))
            .trigger(Bpmn.created(city))
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .choice("warm")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Warm\"}}")
            .end("done")
            .path("start", "day", "warm")
            .when("warm", "yes", Bpmn.lead("jobTitle", "equals", "Director"))
            .otherwise("warm", "done")
            .path("yes", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "A", "city", city));
    workshop.settle();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    workshop.update(lead, "jobTitle", "Director");
    workshop.pass(Duration.ofHours(23));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Warm");
    assertThat(workshop.path(workshop.onlyRun(lead).id()))
        .isEqualTo(List.of("start", "day", "warm", "yes", "done"));
  }
}
