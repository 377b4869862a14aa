package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.identity.Staff;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What each action card does (AUT-047 to AUT-061). */
@LeadloomTest
@Import(Workshop.class)
class CardsTest {

  private static final String LEAD = "lead.created";
  private static final String PAYMENT = "activity.posted\",\"activityType\":\"payment";

  @Autowired Workshop workshop;
  @Autowired Staff staff;
  @Autowired ObjectMapper json;

  private Bpmn flow(String city, String trigger, String card, String settings) {
    return Bpmn.automation(workshop.unique("cards"))
        .trigger(
            "{\"type\":\"%s\",\"condition\":%s}"
                .formatted(trigger, Bpmn.lead("city", "equals", city)))
        .card("card", card, settings)
        .end("done")
        .path("start", "card", "done");
  }

  /** A lead of a city of its own that has been through this card. */
  private RecordRef through(String card, String settings, Map<String, ?> more) {
    String city = workshop.unique("city");
    workshop.publish(flow(city, LEAD, card, settings));
    Values values = Values.copyOf(more).with("city", city);
    if (!values.has("lastName")) {
      values.with("lastName", "Shah");
    }
    RecordRef lead = workshop.write(new RecordCommand.Create(EntityType.LEAD, values));
    workshop.settle();
    return lead;
  }

  private String said(RecordRef lead) {
    return workshop.history.steps(workshop.onlyRun(lead).id()).stream()
        .filter(step -> step.card().equals("card"))
        .map(RunHistory.Step::message)
        .findFirst()
        .orElse("");
  }

  private List<Record> tasksOf(RecordRef lead) {
    return workshop
        .records
        .search(
            new Records.Search(
                EntityType.TASK,
                FilterGrammar.parse("lead = " + lead.id()),
                Set.of(),
                null,
                true,
                null,
                10,
                false))
        .items();
  }

  private Set<String> tags(RecordRef lead) {
    Set<String> tags = workshop.transactions.execute(status -> workshop.records.open().tags(lead));
    return tags == null ? Set.of() : tags;
  }

  private List<Map<String, Object>> deliveries(String recipient) {
    return workshop.jdbc.queryForList(
        "select channel, body from delivery where recipient = ?", recipient);
  }

  @Test
  void AUT_047_anEmailGoesToTheLeadUnlessItAskedNotToBeMailed() {
    String address = workshop.unique("mail") + "@example.com";
    String mail = "{\"subject\":\"Hello {{lead.lastName}}\",\"text\":\"Welcome\"}";
    RecordRef lead = through("email.send", mail, Map.of("email", address));
    assertThat(workshop.mails(address)).containsExactly("Hello Shah");
    assertThat(said(lead)).isEqualTo("To " + address);

    String silent = workshop.unique("silent") + "@example.com";
    RecordRef refuses = through("email.send", mail, Map.of("email", silent, "doNotEmail", true));
    assertThat(workshop.mails(silent)).isEmpty();
    assertThat(said(refuses)).isEqualTo("Not sent: the lead asked not to be mailed");
    assertThat(said(through("email.send", mail, Map.of())))
        .isEqualTo("Not sent: there is no e-mail address");
  }

  @Test
  void AUT_048_anSmsGoesToTheLeadsPhone() {
    String phone = "+91 98" + (10_000_000 + Math.abs(workshop.unique("").hashCode() % 80_000_000));
    RecordRef lead =
        through("sms.send", "{\"text\":\"Dear {{lead.lastName}}\"}", Map.of("phone", phone));
    String stored = workshop.get(lead).values().text("phone");
    assertThat(deliveries(stored))
        .singleElement()
        .satisfies(sent -> assertThat(sent.get("body")).asString().contains("Dear Shah"));
    assertThat(said(through("sms.send", "{\"text\":\"x\"}", Map.of())))
        .isEqualTo("Not sent: there is no phone number");
  }

  @Test
  void AUT_049_anActivityIsPostedOnTheLeadAndScores() {
    RecordRef lead =
        through(
            "activity.post",
            "{\"activityType\":\"payment\",\"values\":{\"amount\":\"12.50\",\"subject\":\"By {{lead.lastName}}\"}}",
            Map.of());
    assertThat(workshop.activities(lead)).containsExactly("payment");
    assertThat(workshop.get(lead).values().get("lastActivityAt")).isNotNull();
    Map<String, Object> posted =
        workshop.jdbc.queryForMap(
            "select subject, amount from activities where lead_id = ?", lead.id());
    assertThat(posted.get("subject")).isEqualTo("By Shah");
    assertThat((BigDecimal) posted.get("amount")).isEqualByComparingTo("12.50");
  }

  @Test
  void AUT_050_AUT_051_theLeadIsAddedToAListAndRemovedFromIt() {
    String list = workshop.unique("List");
    workshop.list(list);
    String settings = "{\"list\":\"" + list + "\"}";
    RecordRef lead = through("list.add", settings, Map.of());
    assertThat(workshop.isOn(lead, list)).isTrue();
    String gone = workshop.unique("gone");
    workshop.publish(flow(gone, "lead.updated", "list.remove", settings));
    workshop.update(lead, "city", gone);
    workshop.settle();
    assertThat(workshop.isOn(lead, list)).isFalse();
  }

  @Test
  void AUT_052_AUT_053_theLeadIsStarredAndUnstarred() {
    RecordRef starred = through("lead.star", "{}", Map.of());
    assertThat(workshop.get(starred).values().get("starred")).isEqualTo(true);
    RecordRef unstarred = through("lead.unstar", "{}", Map.of("starred", true));
    assertThat(workshop.get(unstarred).values().get("starred")).isEqualTo(false);
  }

  @Test
  void AUT_054_AUT_055_theLeadIsTaggedAndUntagged() {
    RecordRef lead = through("tag.add", "{\"tags\":[\"Hot\",\"new\"]}", Map.of());
    assertThat(tags(lead)).containsExactlyInAnyOrder("hot", "new");
    String city = workshop.unique("untag");
    workshop.publish(flow(city, "lead.updated", "tag.remove", "{\"tags\":[\"HOT\"]}"));
    workshop.update(lead, "city", city);
    workshop.settle();
    assertThat(tags(lead)).containsExactly("new");
  }

  @Test
  void AUT_056_fieldsAndTheStageAreSetCountedUpAndEmptied() {
    RecordRef lead =
        through(
            "lead.set-fields",
            "{\"values\":{\"stage\":\"Customer\",\"score\":\"+5\",\"jobTitle\":\"\",\"company\":\"{{lead.lastName}} & Co\"}}",
            Map.of("jobTitle", "Boss", "stage", "Prospect"));
    assertThat(workshop.runs(lead)).as("runs of other tests' automations").hasSize(1);
    Values values = workshop.get(lead).values();
    assertThat(values.text("stage")).isEqualTo("Customer");
    assertThat(values.number("score")).isEqualTo(5);
    assertThat(values.has("jobTitle")).isFalse();
    assertThat(values.text("company")).isEqualTo("Shah & Co");
  }

  @Test
  void AUT_057_theTriggeringActivityIsUpdatedAndOnlyWhereThereIsOne() {
    String city = workshop.unique("update");
    String settings = "{\"values\":{\"outcome\":\"Seen\"}}";
    workshop.publish(flow(city, PAYMENT, "activity.update", settings));
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", city));
    RecordRef before =
        workshop.activity(lead, "meeting", Map.of("happenedAt", workshop.clock.instant()));
    RecordRef payment =
        workshop.activity(lead, "payment", Map.of("happenedAt", workshop.clock.instant()));
    workshop.settle();
    assertThat(workshop.get(payment).values().text("outcome")).isEqualTo("Seen");
    assertThat(workshop.get(before).values().has("outcome")).isFalse();

    assertThat(
            catchThrowable(() -> workshop.publish(flow(city, LEAD, "activity.update", settings))))
        .asInstanceOf(type(RefusedException.class))
        .satisfies(
            refused ->
                assertThat(refused.violations())
                    .anySatisfy(
                        violation -> {
                          assertThat(violation.field()).isEqualTo("card.trigger");
                          assertThat(violation.expectation()).contains("activity");
                        }));
  }

  @Test
  void AUT_059_aTaskIsCreatedForTheOwnerWithItsDateAndReminder() {
    long owner = workshop.seller();
    Instant before = workshop.clock.instant();
    RecordRef lead =
        through(
            "task.create",
            "{\"taskType\":\"call\",\"title\":\"Call {{lead.lastName}}\",\"notes\":\"Soon\",\"assignTo\":\"owner\","
                + "\"dueIn\":{\"amount\":4,\"unit\":\"hours\"},\"remindBefore\":{\"amount\":30,\"unit\":\"minutes\"}}",
            Map.of("owner", owner));
    assertThat(tasksOf(lead))
        .singleElement()
        .satisfies(
            task -> {
              Values values = task.values();
              assertThat(values.text("title")).isEqualTo("Call Shah");
              assertThat(values.text("notes")).isEqualTo("Soon");
              assertThat(values.text("status")).isEqualTo("pending");
              assertThat(values.number("owner")).isEqualTo(owner);
              Instant due = (Instant) values.get("dueAt");
              assertThat(due).isAfterOrEqualTo(before.plus(Duration.ofHours(4)));
              assertThat(values.get("remindAt")).isEqualTo(due.minus(Duration.ofMinutes(30)));
            });
  }

  @Test
  void AUT_060_AUT_D18_whenNobodyIsActiveTheOwnerStaysAndTheRunSaysSo() {
    long owner = workshop.seller();
    String login = workshop.unique("gone");
    long gone = workshop.person(login);
    staff.change(
        gone, new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    RecordRef lead =
        through(
            "owner.assign",
            "{\"how\":\"roundRobin\",\"users\":[\"" + login + "\"]}",
            Map.of("owner", owner));
    assertThat(workshop.get(lead).values().number("owner")).isEqualTo(owner);
    assertThat(said(lead)).isEqualTo("Nobody is active, the owner stays");
  }

  @Test
  void AUT_061_theActivitysDataIsPostedToAnOutsideAddress() throws Exception {
    String city = workshop.unique("hook");
    String url = "https://" + city + ".example.com/hook";
    workshop.publish(flow(city, PAYMENT, "webhook.call", "{\"url\":\"" + url + "\"}"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Payer", "city", city));
    RecordRef payment =
        workshop.activity(
            lead,
            "payment",
            Map.of("happenedAt", workshop.clock.instant(), "amount", new BigDecimal("99.5")));
    workshop.settle();
    List<Map<String, Object>> posted = deliveries(url);
    assertThat(posted).hasSize(1);
    JsonNode body = json.readTree(posted.get(0).get("body").toString());
    assertThat(body.path("activity").path("id").asLong()).isEqualTo(payment.id());
    assertThat(body.path("activity").path("amount").decimalValue()).isEqualByComparingTo("99.5");
    assertThat(body.path("lead").path("lastName").asText()).isEqualTo("Payer");
  }
}
