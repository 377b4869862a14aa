package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Date fields, schedules and reminders, also on the days on which clocks are changed. */
@LeadloomTest
@Import(Workshop.class)
class TimeTriggersTest {

  private static final Map<FieldType, String> KEYS = new EnumMap<>(FieldType.class);

  @Autowired Workshop workshop;
  @Autowired FieldDefinitions fields;

  /** One field of each type for all tests: only so many can be searched. */
  private String field(FieldType type) {
    return KEYS.computeIfAbsent(
        type,
        any ->
            fields
                .create(EntityType.LEAD, null, NewField.of(workshop.unique("Moment"), type))
                .key());
  }

  /** Publishes an automation for the leads of one city, so that the tests' automations leave each other alone. */
  private AutomationVersion publishFor(String city, String trigger) {
    return publish(
        trigger.substring(0, trigger.length() - 1)
            + ",\"condition\":"
            + Bpmn.lead("city", "equals", city)
            + "}");
  }

  private AutomationVersion publish(String trigger) {
    return workshop.publish(
        Bpmn.automation(workshop.unique("moment"))
            .trigger(trigger)
            .card("more", "lead.set-fields", "{\"values\":{\"score\":\"+1\"}}")
            .end("done")
            .path("start", "more", "done"));
  }

  private RecordRef lead(String city, String field, Object value) {
    return workshop.lead(Map.of("lastName", "Moment", "city", city, field, value));
  }

  private void lookAt(String moment) {
    workshop.clock.setTo(Instant.parse(moment));
    workshop.look();
  }

  private int starts(RecordRef lead) {
    return workshop.runs(lead).size();
  }

  @ParameterizedTest(name = "{0} {1} {2} at {3} in {4} is {5}")
  @CsvSource({
    // Two days before, in the morning, in summer time although the looking began in winter time.
    "2027-03-30, -2, days, 09:00, Europe/Berlin, 2027-03-28T07:00:00Z",
    "2027-03-30, -3, days, 09:00, Europe/Berlin, 2027-03-27T08:00:00Z",
    "2027-03-27, 1, weeks, 09:00, Europe/Berlin, 2027-04-03T07:00:00Z",
    // A time that does not exist that day comes when the clock has jumped over it.
    "2027-03-28, 0, days, 02:30, Europe/Berlin, 2027-03-28T01:30:00Z",
    // A time that comes twice that day counts the first time.
    "2027-10-31, 0, days, 02:30, Europe/Berlin, 2027-10-31T00:30:00Z",
    "2027-10-30, 1, days, 09:00, Europe/Berlin, 2027-10-31T08:00:00Z",
    "2027-11-07, 0, days, 01:30, America/New_York, 2027-11-07T05:30:00Z",
    "2027-06-01, 0, days, 00:00, Asia/Kolkata, 2027-05-31T18:30:00Z",
    "2027-06-01, 0, days, 23:59, Pacific/Kiritimati, 2027-06-01T09:59:00Z",
    "2027-06-01, -5, hours, 12:00, UTC, 2027-06-01T12:00:00Z",
    // Months have different lengths.
    "2027-01-31, 1, months, 08:00, UTC, 2027-02-28T08:00:00Z",
    "2027-01-29, 1, months, 08:00, UTC, 2027-02-28T08:00:00Z",
    "2027-05-31, -3, months, 08:00, UTC, 2027-02-28T08:00:00Z",
    "2028-02-29, -1, years, 08:00, UTC, 2027-02-28T08:00:00Z",
  })
  void aDateIsReachedAtItsTimeOfDayInItsZoneOnce(
      LocalDate date, int amount, String unit, String time, String zone, Instant expected) {
    String key = field(FieldType.DATE);
    String city = workshop.unique("date");
    publishFor(
        city,
        "{\"type\":\"date.reached\",\"field\":\""
            + key
            + "\",\"offset\":{\"amount\":"
            + amount
            + ",\"unit\":\""
            + unit
            + "\"},\"timeOfDay\":\""
            + time
            + "\",\"timeZone\":\""
            + zone
            + "\"}");
    lookAt(expected.minus(Duration.ofHours(30)).toString());
    RecordRef lead = lead(city, key, date);
    RecordRef without = workshop.lead(Map.of("lastName", "Without", "city", city));
    lookAt(expected.minusSeconds(1).toString());
    assertThat(starts(lead)).isZero();
    lookAt(expected.toString());
    assertThat(starts(lead)).isOne();
    for (int hours = 1; hours <= 30; hours += 5) {
      lookAt(expected.plus(Duration.ofHours(hours)).toString());
    }
    assertThat(starts(lead)).isOne();
    assertThat(starts(without)).isZero();
  }

  @ParameterizedTest(name = "{0} {1} {2} in {3} is {4}")
  @CsvSource({
    "2027-03-27T10:00:00Z, 1, days, Europe/Berlin, 2027-03-28T09:00:00Z",
    "2027-03-27T10:00:00Z, 24, hours, Europe/Berlin, 2027-03-28T10:00:00Z",
    "2027-03-28T12:00:00Z, -90, minutes, Europe/Berlin, 2027-03-28T10:30:00Z",
    "2027-03-31T12:00:00Z, -1, months, UTC, 2027-02-28T12:00:00Z",
  })
  void aMomentIsReachedByTheCalendarInDaysAndByTheClockInHours(
      Instant value, int amount, String unit, String zone, Instant expected) {
    String key = field(FieldType.DATE_TIME);
    String city = workshop.unique("moment");
    publishFor(
        city,
        "{\"type\":\"date.reached\",\"field\":\""
            + key
            + "\",\"offset\":{\"amount\":"
            + amount
            + ",\"unit\":\""
            + unit
            + "\"},\"timeZone\":\""
            + zone
            + "\"}");
    lookAt(expected.minus(Duration.ofMinutes(5)).toString());
    RecordRef lead = lead(city, key, value);
    lookAt(expected.minusSeconds(1).toString());
    assertThat(starts(lead)).isZero();
    lookAt(expected.toString());
    lookAt(expected.plusSeconds(60).toString());
    assertThat(starts(lead)).isOne();
  }

  @Test
  void aDateThatIsMovedStartsAgainAtItsNewMoment() {
    String key = field(FieldType.DATE);
    String city = workshop.unique("date");
    publishFor(
        city,
        "{\"type\":\"date.reached\",\"field\":\""
            + key
            + "\",\"timeOfDay\":\"09:00\",\"timeZone\":\"UTC\"}");
    lookAt("2027-05-01T00:00:00Z");
    RecordRef lead = lead(city, key, LocalDate.of(2027, 5, 2));
    lookAt("2027-05-02T09:00:00Z");
    workshop.update(lead, key, LocalDate.of(2027, 5, 4));
    lookAt("2027-05-03T09:00:00Z");
    assertThat(starts(lead)).isOne();
    // A downtime of days is made up for.
    lookAt("2027-05-20T12:00:00Z");
    assertThat(starts(lead)).isEqualTo(2);
  }

  @Test
  void aScheduleOverMoreLeadsThanAPageStartsOnceForEach() {
    int count = 1_130;
    String city = workshop.unique("pages");
    lookAt("2027-06-01T00:00:00Z");
    AutomationVersion version =
        publish(
            "{\"type\":\"schedule\",\"cron\":\"30 9 * * MON-FRI\",\"timeZone\":\"Asia/Kolkata\",\"filter\":\"city = \\\""
                + city
                + "\\\" and score < 5\"}");
    workshop.look();
    List<RecordRef> leads = new ArrayList<>();
    for (int from = 0; from < count; from += 100) {
      List<RecordCommand> commands = new ArrayList<>();
      for (int n = from; n < Math.min(count, from + 100); n++) {
        commands.add(
            new RecordCommand.Create(
                EntityType.LEAD, Values.of("lastName", "Page" + n).with("city", city)));
      }
      workshop
          .records
          .write(commands, Cause.system("test"))
          .forEach(result -> leads.add(((io.leadloom.record.WriteResult.Written) result).ref()));
    }
    RecordRef trashed = leads.get(600);
    workshop.write(new RecordCommand.Trash(trashed, null));
    lookAt("2027-06-01T03:59:59Z");
    assertThat(done(version)).isZero();
    lookAt("2027-06-01T04:00:00Z");
    assertThat(done(version)).isEqualTo(count - 1);
    lookAt("2027-06-01T20:00:00Z");
    assertThat(done(version)).isEqualTo(count - 1);
    assertThat(starts(trashed)).isZero();
    assertThat(leads)
        .filteredOn(lead -> !lead.equals(trashed))
        .allSatisfy(lead -> assertThat(starts(lead)).isOne());
    // Friday, then Monday: nothing at the weekend.
    lookAt("2027-06-04T12:00:00Z");
    lookAt("2027-06-06T23:00:00Z");
    long friday = done(version);
    lookAt("2027-06-07T05:00:00Z");
    assertThat(done(version)).isEqualTo(friday + count - 1);
  }

  private long done(AutomationVersion version) {
    return workshop.history.figures(version.id()).stream()
        .filter(figures -> figures.card().isEmpty())
        .mapToLong(figures -> figures.done())
        .sum();
  }

  @ParameterizedTest(name = "{0} from {1}")
  @CsvSource({
    "2:30, 2027-03-27T00:00:00Z",
    "2:30, 2027-10-30T00:00:00Z",
    "9:00, 2027-03-27T00:00:00Z"
  })
  void aScheduleStartsOnceADayAlsoWhenTheClocksAreChanged(String time, Instant from) {
    String city = workshop.unique("summer");
    workshop.clock.setTo(from);
    publish(
        "{\"type\":\"schedule\",\"cron\":\""
            + time.split(":")[1]
            + " "
            + time.split(":")[0]
            + " * * *\",\"timeZone\":\"Europe/Berlin\",\"filter\":\"city = \\\""
            + city
            + "\\\"\"}");
    workshop.look();
    RecordRef lead = workshop.lead(Map.of("lastName", "Summer", "city", city));
    for (int minutes = 30; minutes <= 3 * 24 * 60; minutes += 30) {
      workshop.clock.setTo(from.plus(Duration.ofMinutes(minutes)));
      workshop.timeTriggers.look();
    }
    workshop.settle();
    assertThat(starts(lead)).isEqualTo(3);
  }

  @Test
  void aReminderComesOnceAtItsTimeAndNotForATaskThatIsDone() {
    String city = workshop.unique("reminded");
    publish("{\"type\":\"task.reminder\",\"condition\":" + Bpmn.lead("city", "equals", city) + "}");
    lookAt("2027-07-01T08:00:00Z");
    RecordRef lead = workshop.lead(Map.of("lastName", "Reminded", "city", city));
    Instant at = Instant.parse("2027-07-01T09:00:00Z");
    RecordRef moved = task(lead, at);
    RecordRef done = task(lead, at);
    task(lead, at);
    workshop.update(moved, "remindAt", at.plusSeconds(3_600));
    workshop.update(done, "status", "completed");
    lookAt("2027-07-01T08:59:59Z");
    assertThat(starts(lead)).isZero();
    lookAt("2027-07-01T09:00:00Z");
    lookAt("2027-07-01T09:30:00Z");
    assertThat(starts(lead)).isOne();
    lookAt("2027-07-01T10:00:00Z");
    lookAt("2027-07-01T11:00:00Z");
    assertThat(starts(lead)).isEqualTo(2);
  }

  private RecordRef task(RecordRef lead, Instant remindAt) {
    return workshop.write(
        new RecordCommand.Create(
            EntityType.TASK,
            Values.of("type", "call")
                .with("title", "Call")
                .with("lead", lead.id())
                .with("remindAt", remindAt)));
  }

  @Test
  void whileAnAutomationIsPausedItsTimeStandsStill() {
    String key = field(FieldType.DATE);
    String city = workshop.unique("paused");
    AutomationVersion version =
        publishFor(
            city,
            "{\"type\":\"date.reached\",\"field\":\""
                + key
                + "\",\"timeOfDay\":\"09:00\",\"timeZone\":\"UTC\"}");
    lookAt("2027-08-01T00:00:00Z");
    RecordRef missed = lead(city, key, LocalDate.of(2027, 8, 2));
    RecordRef later = lead(city, key, LocalDate.of(2027, 8, 4));
    workshop.publishing.pause(version.automationId());
    lookAt("2027-08-02T12:00:00Z");
    workshop.publishing.resume(version.automationId());
    lookAt("2027-08-02T13:00:00Z");
    lookAt("2027-08-04T12:00:00Z");
    assertThat(starts(missed)).isZero();
    assertThat(starts(later)).isOne();
  }

  @Test
  void aTriggerThatCannotBeWorkedOffHoldsNoOtherOneUpAndIsMadeUpForWhenItIsMended() {
    String city = workshop.unique("broken");
    AutomationVersion broken =
        publish(
            "{\"type\":\"schedule\",\"cron\":\"0 9 * * *\",\"timeZone\":\"UTC\",\"filter\":\"city = \\\""
                + city
                + "\\\"\"}");
    AutomationVersion sound =
        publish(
            "{\"type\":\"schedule\",\"cron\":\"0 9 * * *\",\"timeZone\":\"UTC\",\"filter\":\"city = \\\""
                + city
                + "\\\"\"}");
    lookAt("2027-09-01T00:00:00Z");
    RecordRef lead = workshop.lead(Map.of("lastName", "Broken", "city", city));
    spoil(broken, "city =", "noSuchField =");
    lookAt("2027-09-01T10:00:00Z");
    assertThat(workshop.onlyRun(lead).versionId()).isEqualTo(sound.id());
    spoil(broken, "noSuchField =", "city =");
    lookAt("2027-09-01T11:00:00Z");
    assertThat(workshop.runs(lead))
        .extracting(run -> run.versionId())
        .containsExactlyInAnyOrder(sound.id(), broken.id());
  }

  /** As if a field that the stored filter names had been deleted. */
  private void spoil(AutomationVersion version, String from, String to) {
    workshop.transactions.executeWithoutResult(
        status -> {
          workshop.jdbc.update(
              "update automation_version set trigger_json = replace(trigger_json, ?, ?) where id = ?",
              from,
              to,
              version.id());
          workshop.jdbc.update("update automation_revision set revision = revision + 1");
        });
  }

  @Test
  void aScheduleOverAFilterThatCannotBeSearchedIsRefused() {
    for (String filter : List.of("noSuchField = 1", "city =", "city within last 3 days")) {
      var automation =
          workshop.publishing.create(
              null,
              null,
              Bpmn.automation(workshop.unique("wrong"))
                  .trigger(
                      "{\"type\":\"schedule\",\"cron\":\"0 9 * * *\",\"filter\":\""
                          + filter
                          + "\"}")
                  .end("done")
                  .path("start", "done")
                  .xml());
      assertThat(workshop.publishing.look(automation.id(), null).problems())
          .as(filter)
          .anySatisfy(problem -> assertThat(problem.field()).isEqualTo("filter"));
    }
  }
}
