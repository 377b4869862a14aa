package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.simulators.webhook.Behaviour;
import io.leadloom.simulators.webhook.WebhookReceiver;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What a webhook answers is used by later conditions (AUT-061). */
@LeadloomTest(properties = {"leadloom.test.database=answers", "leadloom.webhooks.protection=false"})
@Import(Workshop.class)
class AnswersTest {

  private static WebhookReceiver receiver;

  @Autowired Workshop workshop;

  @BeforeAll
  static void open() {
    receiver = WebhookReceiver.start();
  }

  @AfterAll
  static void close() {
    receiver.close();
  }

  private static String answered(String field, String operator, String value) {
    return "{\"source\":\"webhookResponse\",\"card\":\"hook\",\"field\":\""
        + field
        + "\",\"operator\":\""
        + operator
        + "\",\"values\":[\""
        + value
        + "\"]}";
  }

  /** Calls, waits an hour, then branches on the answer. */
  private RecordRef run(String path) {
    String city = workshop.unique("answer");
    workshop.publish(
        Bpmn.automation(workshop.unique("answer"))
            .trigger(Bpmn.created(city))
            .card(
                "hook",
                "webhook.call",
                "{\"url\":\"" + receiver.url(path) + "\",\"waitForResponse\":true}")
            .choice("now")
            .card("soon", "lead.set-fields", "{\"values\":{\"jobTitle\":\"Approved\"}}")
            .hour("hour")
            .choice("later")
            .card("rich", "lead.set-fields", "{\"values\":{\"company\":\"Rich\"}}")
            .card("poor", "lead.set-fields", "{\"values\":{\"company\":\"Poor\"}}")
            .end("done")
            .path("start", "hook", "now")
            .when(
                "now",
                "soon",
                "{\"criteria\":[" + answered("customer.status", "equals", "approved") + "]}")
            .otherwise("now", "hour")
            .path("soon", "hour", "later")
            .when(
                "later",
                "rich",
                "{\"criteria\":["
                    + answered("customer.limit", "greater", "1000")
                    + ","
                    + answered("customer.status", "equals", "Approved")
                    + "],\"pattern\":\"(1 AND 2)\"}")
            .otherwise("later", "poor")
            .path("rich", "done")
            .path("poor", "done"));
    RecordRef lead = workshop.lead(Map.of("lastName", "Answer", "city", city));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              workshop.clock.advance(Duration.ofSeconds(10));
              return !workshop.runs(lead).isEmpty()
                  && workshop.path(workshop.onlyRun(lead).id()).contains("now");
            });
    workshop.pass(Duration.ofHours(2));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    return lead;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"customer\":{\"status\":\"Approved\",\"limit\":1500}}|Approved|Rich",
        "{\"customer\":{\"status\":\"Approved\",\"limit\":1000.5}}|Approved|Rich",
        "{\"customer\":{\"status\":\"Approved\",\"limit\":1000}}|Approved|Poor",
        "{\"customer\":{\"status\":\"Approved\",\"limit\":\"a lot\"}}|Approved|Poor",
        "{\"customer\":{\"status\":\"Refused\",\"limit\":5000}}||Poor",
        "{\"customer\":[{\"status\":\"Approved\"}]}||Poor",
        "[]||Poor",
        "approved||Poor",
        "{\"customer\":{\"status\":null}}||Poor",
        "{\"customer.status\":\"Approved\",\"customer.limit\":2000}|Approved|Rich",
      })
  void itsFieldsDecideAtOnceAndAfterAWait(String answer, String title, String company) {
    String path = "/" + workshop.unique("answer");
    receiver.always(path, Behaviour.answer(200, answer));
    RecordRef lead = run(path);
    assertThat(workshop.get(lead).values().text("jobTitle")).isEqualTo(title);
    assertThat(workshop.get(lead).values().text("company")).isEqualTo(company);
  }

  @Test
  void AUT_D15_withoutAnAnswerNoneOfItsConditionsHoldsAndTheHistorySaysWhy() {
    String path = "/" + workshop.unique("refused");
    receiver.always(path, Behaviour.answer(400, "{\"customer\":{\"status\":\"Approved\"}}"));
    RecordRef lead = run(path);
    assertThat(workshop.get(lead).values().has("jobTitle")).isFalse();
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Poor");
    RunHistory.Summary run = workshop.onlyRun(lead);
    assertThat(workshop.history.steps(run.id()))
        .filteredOn(step -> step.card().equals("hook"))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.message())
                    .contains("No answer after the last try")
                    .contains("400"));
  }

  @Test
  void theBodyOfEachTryIsTheSameAndTheThirdAnswerCounts() {
    String path = "/" + workshop.unique("third");
    receiver.next(path, Behaviour.answer(500, "{}"), Behaviour.reset());
    receiver.always(path, Behaviour.answer(200, "{\"customer\":{\"status\":\"Approved\"}}"));
    RecordRef lead = run(path);
    assertThat(workshop.get(lead).values().text("jobTitle")).isEqualTo("Approved");
    assertThat(receiver.received(path)).hasSize(3);
    assertThat(receiver.received(path).stream().map(call -> call.key() + call.body()).distinct())
        .hasSize(1);
    assertThat(receiver.offences()).isEmpty();
  }
}
