package io.leadloom.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.company.Company;
import io.leadloom.platform.company.CompanyInfo;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** What goes by the account's clock goes by its new one after a change, without being published again (SET-012). */
@LeadloomTest(properties = "leadloom.test.database=account-zone")
@Import(Workshop.class)
class AccountZoneTest {

  @Autowired private Workshop workshop;
  @Autowired private Company company;
  @Autowired private FieldDefinitions fields;
  @Autowired private JdbcTemplate jdbc;

  private void zone(String id) {
    CompanyInfo now = company.info();
    company.change(
        new CompanyInfo(
            "Acme",
            now.email(),
            now.phone(),
            now.website(),
            now.address(),
            ZoneId.of(id),
            null,
            null,
            now.version(),
            null,
            null));
  }

  private AutomationVersion publish(String trigger, String settings) {
    Bpmn bpmn =
        Bpmn.automation(workshop.unique("zone"))
            .trigger(trigger)
            .card("more", "lead.set-fields", settings)
            .end("done")
            .path("start", "more", "done");
    return workshop.publish(bpmn);
  }

  private static final String MORE = "{\"values\":{\"score\":\"+1\"}}";

  private void lookAt(String moment) {
    workshop.clock.setTo(Instant.parse(moment));
    workshop.look();
  }

  private int starts(RecordRef lead) {
    return workshop.runs(lead).size();
  }

  @Test
  void SET_012_aScheduleByLocalTimeRunsByTheNewZoneAndOneWithAZoneStays() {
    zone("America/New_York");
    String city = workshop.unique("city");
    String daily = "{\"type\":\"schedule\",\"cron\":\"0 0 9 * * *\",\"filter\":\"city = \\\"";
    publish(daily + city + "\\\"\"}", MORE);
    String fixed = workshop.unique("fixed");
    publish(
        daily.replace("\"cron\"", "\"timeZone\":\"America/New_York\",\"cron\"") + fixed + "\\\"\"}",
        MORE);
    lookAt("2027-06-01T12:00:00Z");
    RecordRef lead = workshop.lead(Map.of("lastName", "Zone", "city", city));
    RecordRef other = workshop.lead(Map.of("lastName", "Zone", "city", fixed));
    lookAt("2027-06-01T13:00:00Z");
    assertThat(starts(lead)).as("9:00 in New York").isOne();
    assertThat(starts(other)).isOne();
    zone("Europe/London");
    lookAt("2027-06-02T07:59:00Z");
    assertThat(starts(lead)).isOne();
    lookAt("2027-06-02T08:00:00Z");
    assertThat(starts(lead)).as("9:00 in London").isEqualTo(2);
    assertThat(starts(other)).isOne();
    lookAt("2027-06-02T13:00:00Z");
    assertThat(starts(lead)).as("not again at 9:00 in New York").isEqualTo(2);
    assertThat(starts(other)).isEqualTo(2);
  }

  @Test
  void SET_012_aDateIsReachedByTheNewZone() {
    zone("America/New_York");
    String key =
        fields
            .create(EntityType.LEAD, null, NewField.of(workshop.unique("Renewal"), FieldType.DATE))
            .key();
    String city = workshop.unique("city");
    publish(
        "{\"type\":\"date.reached\",\"field\":\""
            + key
            + "\",\"timeOfDay\":\"09:00\",\"condition\":"
            + Bpmn.lead("city", "equals", city)
            + "}",
        MORE);
    lookAt("2027-06-08T00:00:00Z");
    zone("Asia/Tokyo");
    RecordRef lead =
        workshop.lead(Map.of("lastName", "Zone", "city", city, key, LocalDate.parse("2027-06-10")));
    lookAt("2027-06-09T23:59:00Z");
    assertThat(starts(lead)).isZero();
    lookAt("2027-06-10T00:00:00Z");
    assertThat(starts(lead)).as("9:00 in Tokyo").isOne();
  }

  @Test
  void SET_012_storedMomentsStayAndCompiledVersionsFollow() {
    zone("America/New_York");
    workshop.clock.setTo(Instant.parse("2027-07-01T12:00:00Z"));
    String city = workshop.unique("city");
    AutomationVersion version =
        workshop.publish(
            Bpmn.automation(workshop.unique("zone"))
                .trigger(
                    "{\"type\":\"lead.created\",\"condition\":"
                        + Bpmn.lead("city", "equals", city)
                        + "}")
                .pause("wait", "{\"kind\":\"timeOfDay\",\"time\":\"18:00\"}")
                .end("done")
                .path("start", "wait", "done"));
    RecordRef before = workshop.lead(Map.of("lastName", "Zone", "city", city));
    workshop.settle();
    Instant due = due(before);
    assertThat(due).isEqualTo(Instant.parse("2027-07-01T22:00:00Z"));
    zone("Europe/London");
    RecordRef after = workshop.lead(Map.of("lastName", "Zone", "city", city));
    workshop.settle();
    assertThat(due(before)).as("a moment that is stored").isEqualTo(due);
    assertThat(due(after)).isEqualTo(Instant.parse("2027-07-01T17:00:00Z"));
    assertThat(version.id()).isPositive();
    workshop.pass(Duration.ofHours(12));
  }

  private Instant due(RecordRef lead) {
    long run = workshop.runs(lead).get(0).id();
    return jdbc.queryForObject(
            "select due from run_wait where run_id = ?", LocalDateTime.class, run)
        .toInstant(ZoneOffset.UTC);
  }
}
