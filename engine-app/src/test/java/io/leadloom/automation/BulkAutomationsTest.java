package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.BulkAction;
import io.leadloom.record.bulk.BulkActions;
import io.leadloom.record.bulk.BulkOrder;
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

  private BulkAction done(String operation, Map<String, ?> settings, RecordRef... leads) {
    JsonNode json = JSON.valueToTree(settings);
    List<Long> ids = Stream.of(leads).map(RecordRef::id).toList();
    long id =
        actions
            .order(
                new BulkOrder(
                    EntityType.LEAD, operation, "Test", ids, null, true, json, null, null, null),
                Rights.account())
            .id();
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
}
