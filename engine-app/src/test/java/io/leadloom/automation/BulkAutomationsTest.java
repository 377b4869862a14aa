package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.bulk.BulkAction;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.BulkOrder;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Automations and mails for many records at once (ENG-108). */
@LeadloomTest
@Import(Workshop.class)
class BulkAutomationsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired Workshop workshop;
  @Autowired BulkActions actions;
  @Autowired Access access;
  @Autowired List<BulkOperation> operations;

  private BulkAction done(String operation, Map<String, ?> settings, RecordRef... leads) {
    JsonNode json = JSON.valueToTree(settings);
    List<Long> ids = Stream.of(leads).map(RecordRef::id).toList();
    return done(
        new BulkOrder(EntityType.LEAD, operation, "Test", ids, null, true, json, null, null, null),
        Rights.account());
  }

  private BulkAction done(BulkOrder order, Rights rights) {
    long id = actions.order(order, rights).id();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> actions.find(id, Rights.system()).status().ended());
    return actions.find(id, Rights.system());
  }

  @Test
  void anAutomationStartsForEachOfThem() {
    String city = workshop.unique("many");
    AutomationVersion version =
        workshop.publish(
            Bpmn.automation(workshop.unique("many"))
                .trigger("{\"type\":\"called\"}")
                .card("act", "lead.set-fields", "{\"values\":{\"company\":\"Started\"}}")
                .end("done")
                .path("start", "act", "done"));
    RecordRef one = workshop.lead(Map.of("lastName", "One", "city", city));
    RecordRef two = workshop.lead(Map.of("lastName", "Two", "city", city));
    BulkAction job =
        done("start-automation", Map.of("automation", version.automationId()), one, two);
    assertThat(job.succeeded()).isEqualTo(2);
    workshop.settle();
    assertThat(workshop.status(one)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.status(two)).isEqualTo(RunStatus.DONE);
    assertThat(workshop.get(two).values().get("company")).isEqualTo("Started");
    assertThatThrownBy(() -> done("start-automation", Map.of("automation", -1), one))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void ENG_125_aMailGoesToEachWhoHasAnAddressAndTheOthersAreErrorsWithReasons() {
    String mark = workshop.unique("mail");
    RecordRef ann =
        workshop.lead(Map.of("firstName", "Ann", "lastName", "A", "email", mark + "@example.com"));
    RecordRef none = workshop.lead(Map.of("firstName", "Bob", "lastName", mark));
    RecordRef unwilling =
        workshop.lead(
            Map.of("lastName", "C", "email", mark + "-no@example.com", "doNotEmail", true));
    BulkAction job =
        done(
            "send-email",
            Map.of("subject", "Hello {{lead.firstName}}", "text", "Dear {{lead.firstName}}"),
            ann,
            none,
            unwilling);
    assertThat(job.total()).isEqualTo(3);
    assertThat(job.succeeded()).isEqualTo(1);
    assertThat(actions.failures(job.id(), 0, 10))
        .extracting(BulkActions.Failure::reason)
        .containsExactly(
            "Not sent: there is no e-mail address", "Not sent: the lead asked not to be mailed");
    assertThat(
            workshop.jdbc.queryForObject(
                "select body from delivery where recipient = ?",
                String.class,
                mark + "@example.com"))
        .contains("Hello Ann", "Dear Ann");
    assertThatThrownBy(() -> done("send-email", Map.of("subject", "Hi {{lead.nonsense}}"), ann))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.violations().toString())
                    .contains("settings.subject", "settings.text"));
  }

  @Test
  void aContactWhomTheSenderDoesNotSeeIsNotMailedAgainstItsWill() {
    String mark = workshop.unique("unwilling");
    long sender = workshop.seller();
    long other = workshop.person("owner-of-contacts");
    RecordRef contact =
        workshop.write(
            new RecordCommand.Create(
                EntityType.CONTACT,
                Values.of("lastName", mark).with("owner", other).with("doNotEmail", true)));
    RecordRef lead =
        workshop.lead(
            Map.of(
                "lastName",
                "L",
                "email",
                mark + "@example.com",
                "contact",
                contact.id(),
                "owner",
                sender));
    JsonNode mail =
        JSON.valueToTree(Map.of("subject", "Hello", "text", "Dear {{contact.lastName}}"));
    List<Long> ids = List.of(lead.id());
    BulkAction job =
        done(
            new BulkOrder(
                EntityType.LEAD, "send-email", "Test", ids, null, true, mail, null, null, null),
            access.of(sender));
    assertThat(job.failed()).isEqualTo(1);
    assertThat(actions.failures(job.id(), 0, 10))
        .extracting(BulkActions.Failure::reason)
        .containsExactly("Not sent: the lead asked not to be mailed");
  }

  @Test
  void nothingStartsForWhoeverMayNotLookAtAutomationsAnyMore() {
    AutomationVersion version =
        workshop.publish(
            Bpmn.automation(workshop.unique("many"))
                .trigger("{\"type\":\"called\"}")
                .card("act", "lead.star", "{}")
                .end("done")
                .path("start", "act", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "One"));
    BulkOperation start =
        operations.stream()
            .filter(one -> one.key().equals("start-automation"))
            .findFirst()
            .orElseThrow();
    BulkOperation.Chunk chunk =
        new BulkOperation.Chunk(
            1,
            EntityType.LEAD,
            List.of(new BulkOperation.Member(0, workshop.get(lead))),
            workshop.records.open(),
            Rights.none(workshop.seller()),
            Cause.system("test"),
            workshop.clock.instant());
    JsonNode settings = JSON.valueToTree(Map.of("automation", version.automationId()));
    assertThat(start.perform(chunk, settings))
        .containsExactly(new BulkOperation.Failed("Automations cannot be started by hand"));
    workshop.settle();
    assertThat(workshop.runs(lead)).isEmpty();
  }
}
