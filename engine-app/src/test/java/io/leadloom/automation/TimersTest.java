package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Due runs that fail, that somebody else holds, or that are stopped: the others go on, and nothing is left over. */
@LeadloomTest(properties = {"leadloom.test.database=timers", "leadloom.automation.timers=false"})
@Import(Workshop.class)
class TimersTest {

  @Autowired Workshop workshop;

  private AutomationVersion publish(String city) {
    return workshop.publish(
        Bpmn.automation(workshop.unique("timers"))
            .settings("{\"reentry\":{\"policy\":\"notWhileRunning\"}}")
            .trigger(Bpmn.created(city))
            .hour("hour")
            .card("set", "lead.set-fields", "{\"values\":{\"company\":\"Done\"}}")
            .end("done")
            .path("start", "hour", "set", "done"));
  }

  private List<RecordRef> leads(String city, int count) {
    List<RecordRef> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leads.add(workshop.lead(Map.of("lastName", "T" + i, "city", city)));
    }
    workshop.settle();
    return leads;
  }

  private void spoil(RecordRef lead) {
    workshop.transactions.executeWithoutResult(
        status ->
            workshop.jdbc.update(
                "update run_state set context = '{' where run_id = ?",
                workshop.onlyRun(lead).id()));
  }

  @Test
  void aRunThatCannotBeReadFailsAloneIsTriedAgainAndInTheEndGivenUp() {
    String city = workshop.unique("spoiled");
    AutomationVersion version = publish(city);
    List<RecordRef> leads = leads(city, 7);
    RecordRef sick = leads.get(3);
    spoil(sick);
    workshop.pass(Duration.ofHours(2));
    assertThat(leads)
        .filteredOn(lead -> !lead.equals(sick))
        .allSatisfy(lead -> assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE));
    for (int seconds : new int[] {2, 5, 17, 61, 301}) {
      assertThat(workshop.status(sick)).isEqualTo(RunStatus.WAITING);
      workshop.pass(Duration.ofSeconds(seconds));
    }
    RunHistory.Summary run = workshop.onlyRun(sick);
    assertThat(run.status()).isEqualTo(RunStatus.STOPPED);
    assertThat(run.incident()).contains("Could not be carried on");
    assertThat(workshop.history.waits(run.id())).isEmpty();
    assertThat(workshop.history.figures(version.id()))
        .contains(new RunHistory.Figures("hour", 7, 0, 6, 0))
        .contains(new RunHistory.Figures("", 7, 0, 6, 1));
    assertThat(
            workshop.jdbc.queryForObject(
                "select running from automation_entry where run_id = ?", Boolean.class, run.id()))
        .isFalse();
  }

  @Test
  void aRunThatIsMendedBeforeTheLastTryGoesOn() {
    String city = workshop.unique("mended");
    publish(city);
    RecordRef sick = leads(city, 1).get(0);
    long run = workshop.onlyRun(sick).id();
    String context =
        workshop.jdbc.queryForObject(
            "select context from run_state where run_id = ?", String.class, run);
    spoil(sick);
    workshop.pass(Duration.ofHours(2));
    workshop.pass(Duration.ofSeconds(2));
    workshop.transactions.executeWithoutResult(
        status ->
            workshop.jdbc.update(
                "update run_state set context = ? where run_id = ?", context, run));
    workshop.pass(Duration.ofSeconds(2));
    assertThat(workshop.status(sick)).as("not before its time").isEqualTo(RunStatus.WAITING);
    workshop.pass(Duration.ofSeconds(3));
    assertThat(workshop.status(sick)).isEqualTo(RunStatus.DONE);
  }

  @Test
  void aDueRunThatSomebodyElseHoldsIsPassedOverAndFiredTheNextTime() throws Exception {
    String city = workshop.unique("locked");
    publish(city);
    List<RecordRef> leads = leads(city, 3);
    RecordRef held = leads.get(1);
    long run = workshop.onlyRun(held).id();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    CompletableFuture<Void> holder =
        CompletableFuture.runAsync(
            () ->
                workshop.transactions.executeWithoutResult(
                    status -> {
                      workshop.jdbc.queryForList(
                          "select run_id from run_state where run_id = ? for update", run);
                      locked.countDown();
                      await(release);
                    }));
    assertThat(locked.await(10, TimeUnit.SECONDS)).isTrue();
    workshop.clock.advance(Duration.ofHours(2));
    workshop.timers.fireDue();
    assertThat(workshop.status(leads.get(0))).isEqualTo(RunStatus.DONE);
    assertThat(workshop.status(leads.get(2))).isEqualTo(RunStatus.DONE);
    assertThat(workshop.status(held)).isEqualTo(RunStatus.WAITING);
    release.countDown();
    holder.get(10, TimeUnit.SECONDS);
    workshop.pass(Duration.ZERO);
    assertThat(workshop.status(held)).isEqualTo(RunStatus.DONE);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aStraightRunLeavesItsRowAndNothingElse() {
    String city = workshop.unique("straight");
    workshop.publish(
        Bpmn.automation(workshop.unique("straight"))
            .trigger(Bpmn.created(city))
            .card("set", "lead.set-fields", "{\"values\":{\"company\":\"Done\"}}")
            .end("done")
            .path("start", "set", "done"));
    RecordRef lead = leads(city, 1).get(0);
    long run = workshop.onlyRun(lead).id();
    assertThat(workshop.path(run)).containsExactly("start", "set", "done");
    for (String table : List.of("run_state", "run_wait", "run_steps")) {
      assertThat(rows(table, run)).as(table).isZero();
    }
  }

  private long rows(String table, long run) {
    Long rows =
        workshop.jdbc.queryForObject(
            "select count(*) from " + table + " where run_id = ?", Long.class, run);
    return rows == null ? 0 : rows;
  }

  @Test
  void theStopOfOneBranchLeavesNoTimerOfAnother() {
    String city = workshop.unique("stops");
    workshop.publish(
        Bpmn.automation(workshop.unique("stops"))
            .trigger(Bpmn.created(city))
            .parallel("split")
            .hour("hour")
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .card("never", "lead.set-fields", "{\"values\":{\"company\":\"Never\"}}")
            .stop("stop")
            .end("done")
            .path("start", "split", "hour", "stop")
            .path("split", "day", "never", "done"));
    RecordRef lead = leads(city, 1).get(0);
    long run = workshop.onlyRun(lead).id();
    assertThat(rows("run_wait", run)).isEqualTo(2);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    assertThat(rows("run_wait", run)).isZero();
    assertThat(rows("run_state", run)).isZero();
    workshop.pass(Duration.ofDays(2));
    assertThat(workshop.get(lead).values().has("company")).isFalse();
  }

  @Test
  void twoEventsOfOneRecordInOneBatchGoInOrderEachWithTheFactsOfItsTime() {
    String city = workshop.unique("order");
    String tag = workshop.unique("order");
    workshop.publish(
        Bpmn.automation(workshop.unique("first"))
            .trigger(Bpmn.created(city))
            .card("set", "lead.set-fields", "{\"values\":{\"jobTitle\":\"{{lead.company}} boss\"}}")
            .end("done")
            .path("start", "set", "done"));
    workshop.publish(
        Bpmn.automation(workshop.unique("second"))
            .trigger("{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}")
            .choice("boss")
            .card("yes", "lead.set-fields", "{\"values\":{\"company\":\"Seen {{lead.jobTitle}}\"}}")
            .end("done")
            .path("start", "boss")
            .when("boss", "yes", Bpmn.lead("jobTitle", "contains", "boss"))
            .otherwise("boss", "done")
            .path("yes", "done"));
    workshop.consumers.pause("automation");
    List<RecordRef> leads = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      RecordRef lead =
          workshop.lead(Map.of("lastName", "O", "city", city, "company", "Company" + i));
      workshop.write(new RecordCommand.AddTags(lead, Set.of(tag)));
      leads.add(lead);
    }
    workshop.consumers.resume("automation");
    workshop.settle();
    for (int i = 0; i < leads.size(); i++) {
      assertThat(workshop.get(leads.get(i)).values().text("company"))
          .isEqualTo("Seen Company" + i + " boss");
    }
  }
}
