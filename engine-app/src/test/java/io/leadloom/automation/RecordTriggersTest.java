package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.run.RunControl;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What starts on changes of activities, contacts, accounts, lists and tags, and how often it may start. */
@LeadloomTest
@Import(Workshop.class)
class RecordTriggersTest {

  @Autowired Workshop workshop;
  @Autowired RunControl control;

  private void publish(String trigger, String card, String settings) {
    publish("{}", trigger, card, settings);
  }

  private void publish(String settings, String trigger, String card, String cardSettings) {
    workshop.publish(
        Bpmn.automation(workshop.unique("records"))
            .settings(settings)
            .trigger(trigger)
            .card("act", card, cardSettings)
            .end("done")
            .path("start", "act", "done"));
  }

  private static final String MORE = "{\"values\":{\"score\":\"+1\"}}";

  private long score(RecordRef lead) {
    Long score = workshop.get(lead).values().number("score");
    return score == null ? 0 : score;
  }

  private RecordRef create(EntityType type, Map<String, ?> values) {
    return workshop.write(new RecordCommand.Create(type, Values.copyOf(values)));
  }

  @Test
  void AUT_007_anUpdateOfAnActivityTriggersOnItsTypeAndFields() {
    String city = workshop.unique("activity");
    publish(
        "{\"type\":\"activity.updated\",\"activityType\":\"meeting\",\"fields\":[\"outcome\"],\"condition\":"
            + Bpmn.lead("city", "equals", city)
            + "}",
        "lead.set-fields",
        MORE);
    RecordRef lead = workshop.lead(Map.of("lastName", "A", "city", city));
    RecordRef meeting =
        workshop.activity(lead, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    RecordRef payment =
        workshop.activity(lead, "payment", Map.of("happenedAt", workshop.clock.instant()));
    workshop.update(meeting, "notes", "long");
    workshop.update(payment, "outcome", "paid");
    workshop.settle();
    assertThat(workshop.runs(lead)).isEmpty();
    workshop.update(meeting, "outcome", "good");
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(1);
    workshop.update(meeting, "outcome", "good");
    workshop.settle();
    assertThat(workshop.runs(lead)).as("nothing has changed").hasSize(1);
  }

  @Test
  void AUT_057_theTriggeringActivityIsUpdatedByACardWithoutStartingItAgainForEver() {
    String city = workshop.unique("update");
    publish(
        "{\"type\":\"activity.posted\",\"activityType\":\"meeting\",\"condition\":"
            + Bpmn.lead("city", "equals", city)
            + "}",
        "activity.update",
        "{\"values\":{\"outcome\":\"seen by {{lead.lastName}}\"}}");
    RecordRef lead = workshop.lead(Map.of("lastName", "Watcher", "city", city));
    RecordRef meeting =
        workshop.activity(lead, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    assertThat(workshop.get(meeting).values().text("outcome")).isEqualTo("seen by Watcher");
    assertThat(workshop.runs(lead)).hasSize(1);
  }

  @Test
  void leavingAListAndLosingATagTrigger() {
    String tag = workshop.unique("lost");
    String list = workshop.unique("left");
    workshop.list(list);
    publish("{\"type\":\"tag.removed\",\"tag\":\"" + tag + "\"}", "lead.set-fields", MORE);
    publish(
        "{\"type\":\"list.removed\",\"list\":\"" + list + "\"}",
        "lead.set-fields",
        "{\"values\":{\"score\":\"+10\"}}");
    long id = workshop.lists.find(list).orElseThrow().id();
    RecordRef lead = workshop.lead(Map.of("lastName", "Marks"));
    workshop.tag(lead, tag);
    workshop.tag(lead, tag + "-other");
    workshop.write(new RecordCommand.AddToList(lead, id));
    workshop.settle();
    assertThat(score(lead)).isZero();
    workshop.untag(lead, tag + "-other");
    workshop.untag(lead, tag.toUpperCase(java.util.Locale.ROOT));
    workshop.untag(lead, tag);
    workshop.settle();
    assertThat(score(lead)).isOne();
    workshop.write(new RecordCommand.RemoveFromList(lead, id));
    workshop.write(new RecordCommand.RemoveFromList(lead, id));
    workshop.settle();
    assertThat(score(lead)).isEqualTo(11);
  }

  @Test
  void aContactTriggersWhenCreatedAndWhenAFieldGoesFromOneValueToAnother() {
    String city = workshop.unique("contact");
    String only = ",\"condition\":" + Bpmn.criterion("contact", "city", "equals", city) + "}";
    publish(
        "{\"type\":\"contact.created\"" + only,
        "contact.set-fields",
        "{\"values\":{\"state\":\"Created\"}}");
    publish(
        "{\"type\":\"contact.updated\",\"fields\":[\"country\"],\"from\":\"India\",\"to\":\"Nepal\""
            + only,
        "contact.set-fields",
        "{\"values\":{\"state\":\"Moved\"}}");
    RecordRef contact =
        create(EntityType.CONTACT, Map.of("lastName", "C", "city", city, "country", "India"));
    workshop.settle();
    assertThat(workshop.get(contact).values().text("state")).isEqualTo("Created");
    workshop.update(contact, "country", "Japan");
    workshop.update(contact, "country", "Nepal");
    workshop.settle();
    assertThat(workshop.get(contact).values().text("state")).isEqualTo("Created");
    workshop.update(contact, "country", "India");
    workshop.update(contact, "country", "NEPAL");
    workshop.settle();
    assertThat(workshop.get(contact).values().text("state")).isEqualTo("Moved");
    assertThat(workshop.runs(contact)).hasSize(2);
  }

  @Test
  void AUT_009_anAccountTriggersWhenCreatedAndWhenItsStageChanges() {
    String city = workshop.unique("account");
    String only = ",\"condition\":" + Bpmn.criterion("account", "city", "equals", city) + "}";
    publish(
        "{\"type\":\"account.created\"" + only,
        "account.set-fields",
        "{\"values\":{\"state\":\"Created\"}}");
    publish(
        "{\"type\":\"account.updated\",\"fields\":[\"industry\"],\"to\":\"Steel\"" + only,
        "account.set-fields",
        "{\"values\":{\"state\":\"{{account.industry}}\"}}");
    RecordRef account =
        create(EntityType.ACCOUNT, Map.of("name", city + " Ltd", "city", city, "industry", "Tea"));
    workshop.settle();
    assertThat(workshop.get(account).values().text("state")).isEqualTo("Created");
    workshop.update(account, "industry", "Coffee");
    workshop.settle();
    assertThat(workshop.get(account).values().text("state")).isEqualTo("Created");
    workshop.update(account, "industry", "Steel");
    workshop.settle();
    assertThat(workshop.get(account).values().text("state")).isEqualTo("Steel");
    assertThat(workshop.runs(account)).hasSize(2);
  }

  @Test
  void aFieldThatIsEmptiedOrFilledGoesFromOrToNothing() {
    String city = workshop.unique("emptied");
    publish(
        "{\"type\":\"lead.updated\",\"fields\":[\"jobTitle\"],\"condition\":{\"criteria\":["
            + "{\"source\":\"lead\",\"field\":\"jobTitle\",\"operator\":\"empty\"},"
            + "{\"source\":\"lead\",\"field\":\"city\",\"operator\":\"equals\",\"values\":[\""
            + city
            + "\"]}]}}",
        "lead.set-fields",
        MORE);
    RecordRef lead = workshop.lead(Map.of("lastName", "E", "city", city, "jobTitle", "Boss"));
    workshop.write(new RecordCommand.Update(lead, null, Values.none().with("jobTitle", null)));
    workshop.settle();
    assertThat(score(lead)).isOne();
  }

  @Test
  void reentryOncePerDaysCountsFromTheLastStart() {
    String tag = workshop.unique("days");
    publish(
        "{\"reentry\":{\"policy\":\"oncePerDays\",\"days\":3}}",
        "{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}",
        "lead.set-fields",
        MORE);
    RecordRef lead = workshop.lead(Map.of("lastName", "Days"));
    RecordRef other = workshop.lead(Map.of("lastName", "Other"));
    flip(lead, tag);
    flip(lead, tag);
    workshop.settle();
    assertThat(score(lead)).isOne();
    workshop.clock.advance(Duration.ofDays(2));
    flip(lead, tag);
    flip(other, tag);
    workshop.settle();
    assertThat(score(lead)).isOne();
    assertThat(score(other)).isOne();
    workshop.clock.advance(Duration.ofDays(1).plusSeconds(1));
    flip(lead, tag);
    flip(lead, tag);
    workshop.settle();
    assertThat(score(lead)).isEqualTo(2);
    workshop.clock.advance(Duration.ofDays(2));
    flip(lead, tag);
    workshop.settle();
    assertThat(score(lead)).isEqualTo(2);
  }

  private void flip(RecordRef lead, String tag) {
    workshop.tag(lead, tag);
    workshop.untag(lead, tag);
  }

  @Test
  void reentryOfManyEventsInOneBatchStartsOnceForEachRecord() {
    String tag = workshop.unique("batch");
    publish(
        "{\"reentry\":{\"policy\":\"oncePerRecord\"}}",
        "{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}",
        "lead.set-fields",
        MORE);
    List<RecordRef> leads =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(n -> workshop.lead(Map.of("lastName", "B" + n)))
            .toList();
    for (int round = 0; round < 3; round++) {
      leads.forEach(lead -> flip(lead, tag));
    }
    workshop.settle();
    assertThat(leads).allSatisfy(lead -> assertThat(score(lead)).isOne());
  }

  @Test
  void reentryNotWhileRunningCountsFailedRunsAsRunningAndCancelledOnesNot() {
    String tag = workshop.unique("alone");
    workshop.publish(
        Bpmn.automation(workshop.unique("alone"))
            .settings("{\"reentry\":{\"policy\":\"notWhileRunning\"}}")
            .trigger("{\"type\":\"tag.added\",\"tag\":\"" + tag + "\"}")
            .card("mail", "lead.set-fields", "{\"values\":{\"email\":\"{{lead.jobTitle}}\"}}")
            .end("done")
            .path("start", "mail", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Alone", "jobTitle", "no address"));
    flip(lead, tag);
    flip(lead, tag);
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(1);
    control.cancel(workshop.onlyRun(lead).id());
    flip(lead, tag);
    workshop.settle();
    assertThat(workshop.runs(lead)).hasSize(2);
  }
}
