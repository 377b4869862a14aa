package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Publishing, pausing and unpublishing while runs are under way: none is lost, doubled or led astray. */
@LeadloomTest
@Import(Workshop.class)
class MotionTest {

  private static final int LEADS = 600;

  @Autowired Workshop workshop;

  private static Bpmn straight(String key, String city, String company) {
    return Bpmn.automation(key)
        .trigger(Bpmn.created(city))
        .card("set", "lead.set-fields", set(company))
        .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
        .end("done")
        .path("start", "set", "more", "done");
  }

  private static Bpmn waiting(String key, String city, String company) {
    return Bpmn.automation(key)
        .trigger(Bpmn.created(city))
        .hour("hour")
        .card("set", "lead.set-fields", set(company))
        .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
        .end("done")
        .path("start", "hour", "set", "more", "done");
  }

  private static String set(String company) {
    return "{\"values\":{\"company\":\"" + company + "\"}}";
  }

  private void publishNext(AutomationVersion version, Bpmn next) {
    Automation automation = workshop.publishing.find(version.automationId());
    workshop.publishing.saveDraft(
        automation.id(), automation.lockVersion(), next.xml(), null, null);
    workshop.publishing.publish(automation.id());
  }

  private List<RecordRef> create(String city, int count, int atOnce) {
    List<RecordRef> leads = new ArrayList<>();
    for (int from = 0; from < count; from += atOnce) {
      List<RecordCommand> commands = new ArrayList<>();
      for (int n = from; n < Math.min(count, from + atOnce); n++) {
        commands.add(
            new RecordCommand.Create(
                EntityType.LEAD, Values.of("lastName", "M" + n).with("city", city)));
      }
      workshop
          .records
          .write(commands, Cause.system("test"))
          .forEach(result -> leads.add(((WriteResult.Written) result).ref()));
    }
    return leads;
  }

  private Map<Long, Integer> numbers(AutomationVersion version) {
    Map<Long, Integer> numbers = new HashMap<>();
    workshop.jdbc.query(
        "select id, number from automation_version where automation_id = ?",
        row -> {
          numbers.put(row.getLong(1), row.getInt(2));
        },
        version.automationId());
    return numbers;
  }

  @Test
  void AUT_D14_versionsPublishedWhileEventsComeLoseNoneAndDoubleNone() {
    String city = workshop.unique("publishing");
    String key = workshop.unique("publishing");
    AutomationVersion first = workshop.publish(straight(key, city, "v1"));
    CompletableFuture<List<RecordRef>> writing =
        CompletableFuture.supplyAsync(() -> create(city, LEADS, 7));
    int published = 1;
    while (!writing.isDone() && published < 15) {
      published++;
      publishNext(first, straight(key, city, "v" + published));
    }
    List<RecordRef> leads = writing.join();
    workshop.settle();
    Map<Long, Integer> numbers = numbers(first);
    assertThat(numbers).hasSize(published);
    for (RecordRef lead : leads) {
      RunHistory.Summary run = workshop.onlyRun(lead);
      assertThat(run.status()).isEqualTo(RunStatus.DONE);
      assertThat(workshop.get(lead).values().text("company"))
          .isEqualTo("v" + numbers.get(run.versionId()));
      assertThat(workshop.get(lead).values().number("score")).isOne();
    }
  }

  @Test
  void AUT_D16_runsThatWaitFinishOnTheirVersionWhileOthersArePublished() {
    String city = workshop.unique("waiting");
    String key = workshop.unique("waiting");
    AutomationVersion first = workshop.publish(waiting(key, city, "v1"));
    List<RecordRef> leads = new ArrayList<>(create(city, 100, 50));
    workshop.settle();
    publishNext(first, waiting(key, city, "v2"));
    leads.addAll(create(city, 100, 50));
    workshop.settle();
    workshop.clock.advance(Duration.ofHours(2));
    CompletableFuture<Integer> firing =
        CompletableFuture.supplyAsync(() -> workshop.timers.fireDue());
    for (int version = 3; version <= 6; version++) {
      publishNext(first, straight(key, city, "v" + version));
    }
    firing.join();
    workshop.pass(Duration.ofSeconds(1));
    for (int i = 0; i < leads.size(); i++) {
      assertThat(workshop.status(leads.get(i))).isEqualTo(RunStatus.DONE);
      assertThat(workshop.get(leads.get(i)).values().text("company"))
          .isEqualTo(i < 100 ? "v1" : "v2");
      assertThat(workshop.get(leads.get(i)).values().number("score")).isOne();
    }
  }

  @Test
  void timersFireOnceHoweverOftenTheAutomationIsPausedAndResumedMeanwhile() {
    String city = workshop.unique("pausing");
    AutomationVersion version = workshop.publish(waiting(workshop.unique("pausing"), city, "Done"));
    List<RecordRef> leads = create(city, 200, 50);
    workshop.settle();
    workshop.clock.advance(Duration.ofHours(2));
    CompletableFuture<Void> firing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 40; i++) {
                workshop.timers.fireDue();
              }
            });
    while (!firing.isDone()) {
      workshop.publishing.pause(version.automationId());
      workshop.publishing.resume(version.automationId());
    }
    firing.join();
    workshop.pass(Duration.ofSeconds(1));
    assertThat(leads)
        .allSatisfy(
            lead -> {
              assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
              assertThat(workshop.get(lead).values().number("score")).isOne();
            });
    assertThat(workshop.history.figures(version.id()))
        .contains(new RunHistory.Figures("hour", 200, 0, 200, 0));
  }

  @Test
  void anUnpublishedAutomationStartsNothingMoreAndItsRunsFinish() {
    String city = workshop.unique("unpublished");
    AutomationVersion version = workshop.publish(waiting(workshop.unique("un"), city, "Done"));
    RecordRef waits = create(city, 1, 1).get(0);
    workshop.settle();
    workshop.publishing.unpublish(version.automationId());
    RecordRef late = create(city, 1, 1).get(0);
    workshop.settle();
    assertThat(workshop.status(waits)).isEqualTo(RunStatus.WAITING);
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.status(waits)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.get(waits).values().text("company")).isEqualTo("Done");
    assertThat(workshop.runs(late)).isEmpty();
    workshop.publishing.publish(version.automationId());
    RecordRef again = create(city, 1, 1).get(0);
    workshop.settle();
    assertThat(workshop.status(again)).isEqualTo(RunStatus.WAITING);
    assertThat(workshop.runs(late)).isEmpty();
  }

  @Test
  void aRunThatWaitsForAnEventOfAnUnpublishedAutomationStillHearsIt() {
    String city = workshop.unique("hears");
    AutomationVersion version =
        workshop.publish(
            Bpmn.automation(workshop.unique("hears"))
                .trigger(Bpmn.created(city))
                .firstOf("first")
                .event("tagged", "{\"type\":\"tag.added\",\"tag\":\"heard-" + city + "\"}")
                .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
                .card("yes", "lead.set-fields", set("Heard"))
                .end("done")
                .path("start", "first", "tagged", "yes", "done")
                .path("first", "day", "done"));
    RecordRef lead = create(city, 1, 1).get(0);
    workshop.settle();
    long run = workshop.onlyRun(lead).id();
    assertThat(results(run)).contains(entry("tagged", "waiting"), entry("day", "waiting"));
    workshop.publishing.unpublish(version.automationId());
    workshop.tag(lead, "heard-" + city);
    workshop.settle();
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Heard");
    assertThat(results(run)).contains(entry("tagged", "done"), entry("day", "skipped"));
  }

  private Map<String, String> results(long run) {
    return workshop.history.steps(run).stream()
        .collect(Collectors.toMap(RunHistory.Step::card, RunHistory.Step::result));
  }
}
