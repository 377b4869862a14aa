package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** What automations and bulk actions keep of a lead goes with it (LEAD-112). */
@LeadloomTest
@Import(Workshop.class)
class ErasedTracesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Autowired Workshop workshop;
  @LocalServerPort int port;

  private List<String> traces(String text) {
    return Traces.of(text, workshop.jdbc, workshop.transactions);
  }

  private static void done(
      Api admin, String entity, long id, String operation, Map<String, ?> settings) {
    Map<String, ?> order =
        Map.of("operation", operation, "name", operation, "ids", List.of(id), "settings", settings);
    long job = admin.post("/" + entity + "/bulk-actions", order).is(202).id();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                admin
                    .get("/bulk-actions/" + job)
                    .json()
                    .path("status")
                    .asText()
                    .equals("complete"));
  }

  @Test
  void LEAD_112_whatRunsMessagesNoticesAndUndosHaveKeptIsErased() {
    Api admin = new Api(port, "admin");
    String city = workshop.unique("erased");
    String mark = "Tracemark" + city.replace("-", "x");
    workshop.publish(
        Bpmn.automation(city)
            .trigger(Bpmn.created(city))
            .card(
                "mail",
                "email.send",
                "{\"subject\":\"Dear {{lead.lastName}}\",\"html\":\"<p>{{lead.lastName}}</p>\"}")
            .card(
                "tell",
                "user.notify",
                "{\"to\":\"user:sales\",\"subject\":\"New: {{lead.name}}\",\"text\":\"Call\"}")
            .card("name", "lead.set-fields", "{\"values\":{\"company\":\"{{lead.lastName}} Inc\"}}")
            .pause("day", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"days\"}")
            .end("done")
            .path("start", "mail", "tell", "name", "day", "done"));
    RecordRef lead =
        workshop.lead(Map.of("lastName", mark, "city", city, "email", mark + "@example.com"));
    workshop.settle();
    await().atMost(PATIENCE).until(() -> traces(mark).contains("mailbox.subject"));
    done(admin, "leads", lead.id(), "update", Map.of("values", Map.of("company", "None")));
    assertThat(traces(mark))
        .contains("delivery.body", "mailbox.subject", "notice.subject", "bulk_undo.way_back");
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    long run = workshop.onlyRun(lead).id();

    long contact = workshop.get(lead).values().number("contact");
    admin.delete("/leads/" + lead.id()).is(204);
    admin.delete("/contacts/" + contact).is(204);
    done(admin, "leads", lead.id(), "erase", Map.of("confirm", "DELETE"));
    done(admin, "contacts", contact, "erase", Map.of("confirm", "DELETE"));
    // Answers to repeated requests go after a day.
    assertThat(traces(mark)).isSubsetOf("idempotency_key.answer");
    assertThat(
            workshop.jdbc.queryForObject(
                "select count(*) from run_wait where run_id = ?", Long.class, run))
        .as("nothing goes on")
        .isZero();
  }

  @Test
  void LEAD_112_whatWasSentAndToldAboutTheirOpportunitiesIsErasedAndTheirRunsGoOn() {
    Api admin = new Api(port, "admin");
    String city = workshop.unique("erasing");
    String mark = "dealmark" + city.replace("-", "x");
    workshop.publish(
        Bpmn.automation(city)
            .trigger(
                "{\"type\":\"opportunity.created\",\"condition\":"
                    + Bpmn.criterion("opportunity", "city", "equals", city)
                    + "}")
            .card(
                "mail",
                "email.send",
                "{\"subject\":\"Dear {{contact.lastName}}\",\"html\":\"<p>{{contact.lastName}}</p>\"}")
            .card(
                "tell",
                "user.notify",
                "{\"to\":\"user:sales\",\"subject\":\"New: {{contact.lastName}}\",\"text\":\"Call\"}")
            .pause("hour", "{\"kind\":\"duration\",\"amount\":1,\"unit\":\"hours\"}")
            .end("done")
            .path("start", "mail", "tell", "hour", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", mark, "email", mark + "@example.com"));
    long contact = workshop.get(lead).values().number("contact");
    RecordRef deal =
        workshop.write(
            new RecordCommand.Create(
                EntityType.OPPORTUNITY,
                Values.of("name", "Roof")
                    .with("city", city)
                    .with("contact", contact)
                    .with("lead", lead.id())));
    workshop.settle();
    await().atMost(PATIENCE).until(() -> traces(mark).contains("mailbox.subject"));
    assertThat(traces(mark)).contains("delivery.body", "delivery.recipient", "notice.subject");
    String messages = "/opportunities/" + deal.id() + "/messages";
    assertThat(admin.get(messages).is(200).json().path("items").findValuesAsText("to"))
        .contains(mark + "@example.com");
    long run = workshop.onlyRun(deal).id();

    admin.delete("/leads/" + lead.id()).is(204);
    admin.delete("/contacts/" + contact).is(204);
    done(admin, "leads", lead.id(), "erase", Map.of("confirm", "DELETE"));
    done(admin, "contacts", contact, "erase", Map.of("confirm", "DELETE"));
    assertThat(traces(mark)).isSubsetOf("idempotency_key.answer");
    assertThat(workshop.status(deal)).as("it goes on").isEqualTo(RunStatus.WAITING);
    workshop.pass(Duration.ofHours(1));
    workshop.settle();
    assertThat(workshop.onlyRun(deal).id()).isEqualTo(run);
    assertThat(workshop.status(deal)).isEqualTo(RunStatus.DONE);
  }
}
