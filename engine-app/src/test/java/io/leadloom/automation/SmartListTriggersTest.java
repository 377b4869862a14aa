package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.smart.SmartLists;
import io.leadloom.record.smart.Upkeep;
import io.leadloom.record.smart.Viewer;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What starts when records enter or leave smart lists; publishing alone keeps the list live. */
@LeadloomTest
@Import(Workshop.class)
class SmartListTriggersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired Workshop workshop;
  @Autowired SmartLists lists;

  private Viewer admin;

  @BeforeEach
  void signIn() {
    long id = workshop.users.byLogin("admin").orElseThrow().id();
    admin = new Viewer(id, Set.of("crm_admin"), Rights.everything(id));
  }

  private long list(String filter) {
    return lists
        .create(
            "lead",
            new SmartLists.Change(
                workshop.unique("smart"), filter, null, null, null, null, null, null),
            admin)
        .id();
  }

  private void publish(String trigger, long list, String points) {
    workshop.publish(
        Bpmn.automation(workshop.unique("smart"))
            .trigger("{\"type\":\"" + trigger + "\",\"list\":\"" + list + "\"}")
            .card("act", "lead.set-fields", "{\"values\":{\"score\":\"" + points + "\"}}")
            .end("done")
            .path("start", "act", "done"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              Upkeep upkeep = lists.get(list, admin) == null ? null : upkeep(list);
              assertThat(upkeep).isNotNull().returns("ready", Upkeep::state);
            });
  }

  private @Nullable Upkeep upkeep(long list) {
    return lists.upkeep(List.of(lists.get(list, admin)), admin, false).get(list);
  }

  private @Nullable Integer due(long list, RecordRef lead) {
    return workshop.jdbc.queryForObject(
        "select count(*) from smart_member where list_id = ? and record_id = ? and is_member = false"
            + " and due_at is not null",
        Integer.class,
        list,
        lead.id());
  }

  private void awaitScore(RecordRef lead, long expected) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(workshop.get(lead).values().number("score")).isEqualTo(expected));
  }

  @Test
  void enteringAndLeavingASmartListStartRuns() {
    String city = workshop.unique("smart");
    long list = list("city = \"" + city + "\"");
    RecordRef before = workshop.lead(Map.of("lastName", "Before", "city", city, "score", 0L));
    publish("list.entered", list, "+1");
    publish("list.left", list, "+10");
    RecordRef lead = workshop.lead(Map.of("lastName", "New", "city", city));
    awaitScore(lead, 1);
    workshop.update(lead, "city", "Elsewhere");
    awaitScore(lead, 11);
    workshop.update(lead, "city", city);
    awaitScore(lead, 12);
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(3);
    assertThat(workshop.runs(before)).as("who was in it already").isEmpty();
  }

  @Test
  void timeAloneStartsRuns() {
    workshop.clock.setTo(Instant.parse("2026-06-01T08:00:00Z"));
    String city = workshop.unique("smart");
    long list = list("city = \"" + city + "\" and not (lastActivityAt within last 7 days)");
    publish("list.entered", list, "+1");
    RecordRef lead = workshop.lead(Map.of("lastName", "Quiet", "city", "Elsewhere"));
    workshop.activity(lead, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    workshop.update(lead, "city", city);
    // The list has heard of it: it knows when time alone will make it a member.
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(due(list, lead)).isEqualTo(1));
    workshop.settle();
    assertThat(workshop.runs(lead)).isEmpty();
    workshop.clock.advance(Duration.ofDays(7).plusSeconds(1));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(workshop.runs(lead)).hasSize(1));
  }

  @Test
  void onlySmartListsThatAreThereCanBeStartedOn() {
    for (String list : new String[] {"999999999", "By its name", ""}) {
      assertThatThrownBy(() -> publish("list.entered", list))
          .as(list)
          .isInstanceOf(RefusedException.class);
    }
  }

  private void publish(String trigger, String list) {
    workshop.publish(
        Bpmn.automation(workshop.unique("smart"))
            .trigger("{\"type\":\"" + trigger + "\",\"list\":\"" + list + "\"}")
            .card("act", "lead.star", "{}")
            .end("done")
            .path("start", "act", "done"));
  }
}
