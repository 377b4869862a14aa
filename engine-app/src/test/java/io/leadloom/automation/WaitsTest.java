package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.RunStatus;
import io.leadloom.platform.RecordRef;
import io.leadloom.testing.LeadloomTest;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Until when wait cards wait, also over the days on which clocks are changed (AUT-020). */
@LeadloomTest
@Import(Workshop.class)
class WaitsTest {

  @Autowired Workshop workshop;

  private RecordRef waits(String settings, Instant now) {
    String city = workshop.unique("waits");
    workshop.publish(
        Bpmn.automation(workshop.unique("waits"))
            .trigger(Bpmn.created(city))
            .pause("wait", settings)
            .card("set", "lead.set-fields", "{\"values\":{\"company\":\"Done\"}}")
            .end("done")
            .path("start", "wait", "set", "done"));
    workshop.clock.setTo(now);
    RecordRef lead = workshop.lead(Map.of("lastName", "W", "city", city));
    workshop.settle();
    return lead;
  }

  private void dueAt(RecordRef lead, Instant expected) {
    RunHistory.Summary run = workshop.onlyRun(lead);
    assertThat(run.status()).isEqualTo(RunStatus.WAITING);
    assertThat(workshop.history.waits(run.id()))
        .singleElement()
        .satisfies(wait -> assertThat(wait.due()).isEqualTo(expected));
    workshop.clock.setTo(expected.minusSeconds(1));
    workshop.timers.fireDue();
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.WAITING);
    workshop.clock.setTo(expected);
    workshop.timers.fireDue();
    workshop.settle();
    assertThat(workshop.get(lead).values().text("company")).isEqualTo("Done");
  }

  @ParameterizedTest(name = "{1} on {2} in {3} from {0} is {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "2027-03-26T12:00:00Z|09:00|[\"monday\"]|Europe/Berlin|2027-03-29T07:00:00Z",
        "2027-03-26T12:00:00Z|09:00|[\"saturday\",\"sunday\"]|Europe/Berlin|2027-03-27T08:00:00Z",
        "2027-03-27T09:00:00Z|9:00|[\"saturday\",\"sunday\"]|Europe/Berlin|2027-03-28T07:00:00Z",
        "2027-03-27T12:00:00Z|02:30|[]|Europe/Berlin|2027-03-28T01:30:00Z",
        "2027-10-30T12:00:00Z|02:30|[]|Europe/Berlin|2027-10-31T00:30:00Z",
        "2027-10-31T00:45:00Z|02:30|[]|Europe/Berlin|2027-11-01T01:30:00Z",
        "2027-10-29T12:00:00Z|09:00|[\"monday\"]|Europe/Berlin|2027-11-01T08:00:00Z",
        "2027-06-07T03:29:59Z|09:00|[\"Monday\"]|Asia/Kolkata|2027-06-07T03:30:00Z",
        "2027-06-07T23:30:00Z|00:00|[\"tuesday\"]|Pacific/Auckland|2027-06-14T12:00:00Z",
      })
  void untilATimeOfDayOnWeekdaysInAZone(
      Instant now, String time, String weekdays, String zone, Instant expected) {
    dueAt(waits(timeOfDay(time, weekdays, zone), now), expected);
  }

  private static String timeOfDay(String time, String weekdays, String zone) {
    return "{\"kind\":\"timeOfDay\",\"time\":\""
        + time
        + "\",\"weekdays\":"
        + weekdays
        + ",\"timeZone\":\""
        + zone
        + "\"}";
  }

  @Test
  void atExactlyThatTimeTheWaitIsOver() {
    RecordRef lead =
        waits(
            timeOfDay("09:00", "[\"monday\"]", "Asia/Kolkata"),
            Instant.parse("2027-06-07T03:30:00Z"));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
  }

  @ParameterizedTest(name = "{1} {2} in {3} from {0} is {4}")
  @CsvSource({
    "2027-03-27T10:00:00Z, 1, days, Europe/Berlin, 2027-03-28T09:00:00Z",
    "2027-03-27T10:00:00Z, 24, hours, Europe/Berlin, 2027-03-28T10:00:00Z",
    "2027-10-30T09:00:00Z, 1, days, Europe/Berlin, 2027-10-31T10:00:00Z",
    "2027-10-24T09:00:00Z, 1, weeks, Europe/Berlin, 2027-10-31T10:00:00Z",
    "2027-01-31T09:00:00Z, 1, months, UTC, 2027-02-28T09:00:00Z",
  })
  void aDayLaterIsTheSameTimeOfDayAndADayOfHoursIsNot(
      Instant now, int amount, String unit, String zone, Instant expected) {
    dueAt(
        waits(
            "{\"kind\":\"duration\",\"amount\":"
                + amount
                + ",\"unit\":\""
                + unit
                + "\",\"timeZone\":\""
                + zone
                + "\"}",
            now),
        expected);
  }

  @Test
  void untilADateOfTheRecordWithAnOffsetAndATimeOfDay() {
    dueAt(
        waits(
            "{\"kind\":\"untilField\",\"field\":\"createdAt\",\"offset\":{\"amount\":2,\"unit\":\"days\"},"
                + "\"timeOfDay\":\"09:00\",\"timeZone\":\"Europe/Berlin\"}",
            Instant.parse("2027-03-27T10:00:00Z")),
        Instant.parse("2027-03-29T07:00:00Z"));
  }

  @Test
  void untilAMomentThatIsOverGoesOnAtOnce() {
    RecordRef lead =
        waits(
            "{\"kind\":\"until\",\"date\":\"2027-03-28T02:30\",\"timeZone\":\"Europe/Berlin\"}",
            Instant.parse("2027-03-28T01:30:00Z"));
    assertThat(workshop.status(lead)).isEqualTo(RunStatus.DONE);
    dueAt(
        waits(
            "{\"kind\":\"until\",\"date\":\"2027-03-28T02:30\",\"timeZone\":\"Europe/Berlin\"}",
            Instant.parse("2027-03-28T01:00:00Z")),
        Instant.parse("2027-03-28T01:30:00Z"));
  }
}
