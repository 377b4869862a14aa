package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.simulators.consent.ConsentServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts at providers, their calendars and free times (SET-042, SET-044 to SET-047). */
class CalendarsTest extends InCalendars {

  /** SET-E18. */
  @Test
  void calendarsAreConfiguredOnceGoogleOrOutlookIsConnected() {
    assertThat(WithCalendars.calendars(ann.api()).path("connected").asBoolean()).isFalse();
    JsonNode connected = WithCalendars.connect(ann.api(), "microsoft");
    assertThat(connected.at("/account/name").asText()).isEqualTo("user@outlook.example");
    assertThat(connected.at("/account/state").asText()).isEqualTo("connected");
    JsonNode calendars = WithCalendars.calendars(ann.api());
    assertThat(calendars.path("connected").asBoolean()).isTrue();
    assertThat(calendars.path("calendars")).hasSize(1);
    assertThat(calendars.at("/calendars/0/primary").asBoolean()).isTrue();
    assertThat(calendars.at("/calendars/0/conflict").asBoolean()).isTrue();
  }

  /** SET-E19: primary calendar A, conflict calendars A and B, B busy 10:00 to 11:00. */
  @Test
  void aBusyConflictCalendarBlocksAndBookingsAreWrittenToThePrimaryOne() {
    WithCalendars.connect(ann.api(), "google");
    GOOGLE.occupy(TEAM, at("10:00"), at("11:00"));
    assertThat(free()).contains("10:00");
    choose(OWN, List.of(OWN, "Team")).is(200);
    assertThat(free()).containsExactly("09:00", "11:00");

    long id = book(ann.api(), "11:00", 60, false).is(201).id();
    assertThat(free()).containsExactly("09:00");
    written(id);
    assertThat(GOOGLE.written(TEAM)).isEmpty();
    JsonNode event = GOOGLE.written(OWN).get(0);
    assertThat(GOOGLE.written(OWN)).hasSize(1);
    assertThat(event.path("summary").asText()).contains("Lee");
    assertThat(event.path("location").asText()).isEqualTo("Room 5");
    assertThat(Instant.parse(event.at("/start/dateTime").asText())).isEqualTo(at("11:00"));
  }

  @Test
  void exactlyOneCalendarIsPrimaryAndItCanBeWrittenTo() {
    WithCalendars.connect(ann.api(), "google");
    WithCalendars.connect(ann.api(), "microsoft");
    choose("Team", List.of(OWN)).is(422).says("primary", "that you can write to");
    choose("Calendar", List.of(OWN)).is(200);
    JsonNode calendars = WithCalendars.calendars(ann.api());
    assertThat(calendars.path("calendars").findValuesAsText("primary"))
        .containsOnlyOnce("true")
        .hasSize(3);
    ann.api()
        .put(
            "/profile/calendars",
            Map.of(
                "primary",
                WithCalendars.calendar(ann.api(), OWN),
                "version",
                calendars.path("version").asInt() - 1))
        .is(409)
        .says("version", "the present version");
    Somebody ben = people.hire(null, Role.SALES);
    ben.api()
        .put(
            "/profile/calendars",
            Map.of("primary", WithCalendars.calendar(ann.api(), OWN), "version", 0))
        .is(422)
        .says("primary", "one of your calendars");
    ann.api().delete("/profile/integrations/microsoft").is(204);
    assertThat(WithCalendars.calendars(ann.api()).path("calendars").findValuesAsText("primary"))
        .containsExactly("true", "false");
  }

  @Test
  void withoutAClientTheProfileSaysThatAnAdministratorHasToSetItUp() {
    admin.delete("/settings/calendar-providers/zoom").is(204);
    JsonNode zoomed = ann.api().get("/profile/integrations").is(200).json().at("/items/2");
    assertThat(zoomed.path("ready").asBoolean()).isFalse();
    ann.api()
        .post("/profile/integrations/zoom/connect")
        .is(409)
        .says("provider", "an administrator has set up");
    WithCalendars.setUp(admin, "zoom");
    assertThat(WithCalendars.connect(ann.api(), "zoom").at("/account/name").asText())
        .isEqualTo("user@zoom.example");
    assertThat(WithCalendars.calendars(ann.api()).path("connected").asBoolean()).isFalse();
    ann.api().delete("/profile/integrations/zoom").is(204);
    ann.api().delete("/profile/integrations/zoom").is(404);
  }

  @Test
  void answersOfProvidersCountOnceForWhoWasSentAway() {
    Map<String, String> answer = WithCalendars.consent(ann.api(), "google");
    Somebody ben = people.hire(null, Role.SALES);
    ben.api().post("/profile/integrations/answer", answer).is(422).says("state", "connect again");
    ann.api().post("/profile/integrations/answer", answer).is(200);
    ann.api().post("/profile/integrations/answer", answer).is(422).says("state", "connect again");
    Map<String, String> next = WithCalendars.consent(ann.api(), "google");
    ann.api()
        .post(
            "/profile/integrations/answer",
            Map.of("state", next.get("state"), "error", "access_denied"))
        .is(422)
        .says("consent", "your consent at Google");
  }

  @Test
  void tokensAndSecretsAreNowhereToBeRead() {
    WithCalendars.connect(ann.api(), "google");
    String told =
        ann.api().get("/profile/integrations").text()
            + ann.api().get("/profile/calendars").text()
            + admin.get("/settings/calendar-providers").text()
            + admin.get("/audit?limit=100").text();
    assertThat(told)
        .contains(OWN)
        .doesNotContain("access-")
        .doesNotContain("refresh-")
        .doesNotContain("simulated-client-secret");
    transaction.executeWithoutResult(
        status ->
            jdbc.query(
                "select sealed from calendar_account",
                row -> {
                  assertThat(new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
                      .doesNotContain("access-")
                      .doesNotContain("refresh-");
                }));
  }

  @Test
  void tokensAreRefreshedAndAConsentThatEndedShows() {
    WithCalendars.connect(ann.api(), "google");
    GOOGLE.expireAccess();
    assertThat(ann.api().post("/profile/calendars/refresh").is(200).json().path("untold"))
        .isEmpty();
    GOOGLE.revokeAll();
    JsonNode untold = ann.api().post("/profile/calendars/refresh").is(200).json().path("untold");
    assertThat(untold.path("google").asText()).contains("does not accept the consent");
    assertThat(ann.api().get("/profile/integrations").json().at("/items/0/account/state").asText())
        .isEqualTo("connect-again");

    long id = book(ann.api(), "09:00", 30, false).is(201).id();
    await().atMost(Duration.ofSeconds(20)).until(() -> entry(id).equals("failing"));
    WithCalendars.connect(ann.api(), "google");
    written(id);
    assertThat(GOOGLE.written(OWN)).hasSize(1);
  }

  /** Outlook tells whole days as midnights without a zone: they are days of their owner. */
  @Test
  void wholeDaysOfOutlookAreDaysOfTheirOwner() {
    WithCalendars.connect(ann.api(), "microsoft");
    MICROSOFT.occupyDays(OUTLOOK, monday, monday.plusDays(1), "oof");
    for (String name : List.of("America/Los_Angeles", "Pacific/Auckland")) {
      ZoneId zone = ZoneId.of(name);
      WithCalendars.works(
          ann,
          zone,
          Map.of(
              "sunday", List.of(Map.of("from", "22:00", "to", "23:00")),
              "monday", List.of(Map.of("from", "00:00", "to", "23:00")),
              "tuesday", List.of(Map.of("from", "01:00", "to", "02:00"))));
      List<String> found =
          ann
              .api()
              .get(
                  "/users/"
                      + ann.id()
                      + "/free-slots?minutes=60&from="
                      + monday.minusDays(1)
                      + "&to="
                      + monday.plusDays(1))
              .is(200)
              .json()
              .path("slots")
              .findValuesAsText("start")
              .stream()
              .map(start -> Instant.parse(start).atZone(zone).toLocalDateTime().toString())
              .toList();
      assertThat(found)
          .as(name)
          .containsExactly(monday.minusDays(1) + "T22:00", monday.plusDays(1) + "T01:00");
      for (String time : List.of("00:30", "22:30")) {
        Instant start = monday.atTime(LocalTime.parse(time)).atZone(zone).toInstant();
        ann.api()
            .post(
                "/appointments",
                Map.of("record", "lead/" + lead, "start", start.toString(), "minutes", 30))
            .is(409)
            .says("confirm", "the calendar Calendar is busy then");
      }
    }
  }

  @Test
  void aWrongClientIsNamedAndAnotherOneEndsTheConsents() {
    WithCalendars.connect(ann.api(), "google");
    client(ConsentServer.CLIENT, "mistyped");
    GOOGLE.expireAccess();
    assertThat(untold()).contains("does not accept the client id or secret");
    ann.api()
        .post("/profile/integrations/answer", WithCalendars.consent(ann.api(), "google"))
        .is(422)
        .says("code", "does not accept the client id or secret");
    client(ConsentServer.CLIENT, ConsentServer.SECRET);
    assertThat(untold()).isEmpty();
    assertThat(state()).isEqualTo("connected");
    client("another.example", ConsentServer.SECRET);
    assertThat(state()).isEqualTo("connect-again");
    assertThat(google().path("accounts").asInt()).isZero();
  }

  private void client(String id, String secret) {
    admin
        .put(
            "/settings/calendar-providers/google",
            Map.of("clientId", id, "clientSecret", secret, "version", google().path("version")))
        .is(200);
  }

  private JsonNode google() {
    for (JsonNode one : admin.get("/settings/calendar-providers").is(200).json().path("items")) {
      if (one.path("provider").asText().equals("google")) {
        return one;
      }
    }
    throw new AssertionError("No Google");
  }

  private String untold() {
    return ann.api()
        .post("/profile/calendars/refresh")
        .is(200)
        .json()
        .at("/untold/google")
        .asText();
  }

  private String state() {
    return ann.api()
        .get("/profile/integrations")
        .is(200)
        .json()
        .at("/items/0/account/state")
        .asText();
  }

  @Test
  void aProviderThatIsDownIsNamedAndOwnAppointmentsCount() {
    WithCalendars.connect(ann.api(), "google");
    WithCalendars.connect(ann.api(), "microsoft");
    MICROSOFT.occupy(OUTLOOK, at("09:00"), at("09:30"), "busy");
    MICROSOFT.occupy(OUTLOOK, at("09:30"), at("10:00"), "tentative");
    MICROSOFT.occupy(OUTLOOK, at("10:00"), at("11:00"), "free");
    MICROSOFT.occupy(OUTLOOK, at("11:30"), at("12:00"), "oof");
    GOOGLE.down(true);
    JsonNode found =
        ann.api()
            .get("/users/" + ann.id() + "/free-slots?minutes=30&from=" + monday + "&to=" + monday)
            .is(200)
            .json();
    assertThat(found.at("/unasked/0/calendar").asText()).isEqualTo(OWN);
    assertThat(found.at("/unasked/0/reason").asText()).contains("503");
    assertThat(found.path("slots")).hasSize(3);

    Caller.Answer booked = book(ann.api(), "10:00", 30, false).is(201);
    assertThat(booked.json().at("/unasked/0/calendar").asText()).isEqualTo(OWN);
    assertThat(WithCalendars.free(ann.api(), ann.id(), monday, 30))
        .containsExactly("10:30", "11:00");
    GOOGLE.down(false);
    written(booked.id());
    assertThat(GOOGLE.written(OWN)).hasSize(1);
  }
}
