package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.simulators.consent.ZoomSimulator;
import io.leadloom.simulators.google.GoogleSimulator;
import io.leadloom.simulators.meta.MetaSimulator;
import io.leadloom.simulators.microsoft.MicrosoftSimulator;
import io.leadloom.testing.LeadloomTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Somebody with weekly hours, and stand-ins of the providers of calendars. */
@LeadloomTest(
    properties = {
      "leadloom.test.database=calendars",
      "leadloom.outgoing.allowed-networks=127.0.0.0/8",
      "leadloom.deliveries.first-retry=40ms",
      "leadloom.deliveries.poll=20ms",
      "leadloom.calendars.silence=8s",
      "leadloom.calendars.retry=100ms"
    })
abstract class InCalendars {

  static final String OWN = "user@gmail.example";
  static final String TEAM = "team#1@group.calendar.example";
  static final String OUTLOOK = "AQMkAD/standard+1=";

  static final GoogleSimulator GOOGLE = GoogleSimulator.open();
  static final MicrosoftSimulator MICROSOFT = MicrosoftSimulator.open();
  static final ZoomSimulator ZOOM = ZoomSimulator.open();
  static final MetaSimulator META = MetaSimulator.open();

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;
  @Autowired TransactionTemplate transaction;

  final LocalDate monday = WithCalendars.monday();
  People people;
  Caller admin;
  Somebody ann;
  long lead;

  @DynamicPropertySource
  static void providers(DynamicPropertyRegistry registry) {
    registry.add("leadloom.calendars.google.authorize", () -> GOOGLE.url("/o/oauth2/v2/auth"));
    registry.add("leadloom.calendars.google.token", () -> GOOGLE.url("/token"));
    registry.add("leadloom.calendars.google.revoke", () -> GOOGLE.url("/revoke"));
    registry.add("leadloom.calendars.zoom.revoke", () -> ZOOM.url("/oauth/revoke"));
    registry.add("leadloom.calendars.google.api", () -> GOOGLE.url("/calendar/v3"));
    registry.add(
        "leadloom.calendars.microsoft.authorize",
        () -> MICROSOFT.url("/common/oauth2/v2.0/authorize"));
    registry.add(
        "leadloom.calendars.microsoft.token", () -> MICROSOFT.url("/common/oauth2/v2.0/token"));
    registry.add("leadloom.calendars.microsoft.api", () -> MICROSOFT.url("/v1.0"));
    registry.add("leadloom.calendars.zoom.authorize", () -> ZOOM.url("/oauth/authorize"));
    registry.add("leadloom.calendars.zoom.token", () -> ZOOM.url("/oauth/token"));
    registry.add("leadloom.calendars.zoom.api", () -> ZOOM.url("/v2"));
    // Not a calendar: it stands here so that no other application has to be started for it.
    registry.add("leadloom.lead-sources.meta", META::api);
    registry.add("leadloom.lead-sources.poll", () -> "20ms");
  }

  @BeforeEach
  void somebodyWhoWorksOnMondays() {
    GOOGLE.reset(OWN);
    GOOGLE.add(TEAM, "Team", "reader");
    MICROSOFT.reset(OUTLOOK);
    GOOGLE.allowRedirect(WithCalendars.BACK);
    MICROSOFT.allowRedirect(WithCalendars.BACK);
    ZOOM.allowRedirect(WithCalendars.BACK);
    people = new People(http, staff);
    admin = people.admin();
    List.of("google", "microsoft", "zoom").forEach(name -> WithCalendars.setUp(admin, name));
    ann = people.hire(null, Role.SALES);
    WithCalendars.worksOnMondays(ann);
    lead = ann.api().make("leads", Map.of("lastName", "Lee"));
  }

  /** What one test has begun is not written into the calendars of the next one. */
  @AfterEach
  void nothingIsSentAfterwardsAndNothingWasAskedThatAProviderRefuses() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              transaction.executeWithoutResult(
                  status -> jdbc.update("update delivery set status = 5 where status = 1"));
              return Integer.valueOf(0)
                  .equals(
                      jdbc.queryForObject(
                          "select count(*) from delivery where status in (1, 2)", Integer.class));
            });
    assertThat(GOOGLE.offences()).isEmpty();
    assertThat(MICROSOFT.offences()).isEmpty();
    assertThat(ZOOM.offences()).isEmpty();
  }

  final Caller.Answer book(Caller api, String time, int minutes, boolean confirm) {
    return api.post(
        "/appointments",
        Map.of(
            "record",
            "lead/" + lead,
            "owner",
            ann.id(),
            "start",
            at(time).toString(),
            "minutes",
            minutes,
            "notes",
            "Prices",
            "confirm",
            confirm));
  }

  final Instant at(String time) {
    return WithCalendars.at(monday, time);
  }

  final List<String> free() {
    return WithCalendars.free(ann.api(), ann.id(), monday, 60);
  }

  final String entry(long id) {
    return ann.api().get("/appointments/" + id).is(200).json().path("entry").asText();
  }

  final void written(long id) {
    await().atMost(Duration.ofSeconds(20)).until(() -> entry(id).equals("written"));
  }

  final Caller.Answer choose(String primary, List<String> conflicts) {
    return ann.api()
        .put(
            "/profile/calendars",
            Map.of(
                "primary",
                WithCalendars.calendar(ann.api(), primary),
                "conflicts",
                conflicts.stream().map(one -> WithCalendars.calendar(ann.api(), one)).toList(),
                "version",
                WithCalendars.calendars(ann.api()).path("version").asInt()));
  }

  final List<JsonNode> standing(String provider) {
    return provider.equals("google") ? GOOGLE.written(OWN) : MICROSOFT.written(OUTLOOK);
  }
}
