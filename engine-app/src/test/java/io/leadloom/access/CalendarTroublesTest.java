package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.calendar.appointment.CalendarUpkeep;
import io.leadloom.identity.Role;
import io.leadloom.simulators.consent.ConsentServer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Providers that hang, calendars and consents that end, and people who leave (SET-037, SET-044, SET-047, ENG-058). */
class CalendarTroublesTest extends InCalendars {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String SECOND = "second@group.calendar.example";

  @Autowired private CalendarUpkeep upkeep;

  private JsonNode slots(Caller api) {
    return api.get(
            "/users/"
                + ann.id()
                + "/free-slots?minutes=60&step=60&from="
                + monday
                + "&to="
                + monday)
        .is(200)
        .json();
  }

  private List<String> unasked(JsonNode found) {
    return found.path("unasked").findValuesAsText("calendar");
  }

  private String notices() {
    return ann.api().get("/notices").is(200).text();
  }

  private void sql(String update, Object... arguments) {
    transaction.executeWithoutResult(status -> jdbc.update(update, arguments));
  }

  private int accounts(long user) {
    return Objects.requireNonNull(
        transaction.execute(
            status ->
                jdbc.queryForObject(
                    "select count(*) from calendar_account where user_id = ?",
                    Integer.class,
                    user)));
  }

  @Test
  void aProviderThatHangsHoldsNobodyUp() {
    WithCalendars.connect(ann.api(), "google");
    WithCalendars.connect(ann.api(), "microsoft");
    MICROSOFT.occupy(OUTLOOK, at("09:00"), at("10:00"), "busy");
    GOOGLE.hang(0);
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<CompletableFuture<JsonNode>> asked =
          IntStream.range(0, 12)
              .mapToObj(n -> CompletableFuture.supplyAsync(() -> slots(ann.api()), threads))
              .toList();
      assertThat(asked.stream().map(CompletableFuture::join))
          .allSatisfy(
              found -> {
                // Outlook has told, whoever else did not.
                assertThat(unasked(found)).containsExactly(OWN);
                assertThat(found.path("slots").findValuesAsText("start"))
                    .containsExactly(at("10:00").toString(), at("11:00").toString());
              });
    } finally {
      threads.shutdownNow();
    }
    int calls = GOOGLE.calls().size();
    assertThat(slots(ann.api()).at("/unasked/0/reason").asText())
        .isEqualTo("Google does not answer now");
    assertThat(GOOGLE.calls()).hasSize(calls);
    GOOGLE.hangNoMore();
    await().atMost(Duration.ofSeconds(40)).until(() -> unasked(slots(ann.api())).isEmpty());
  }

  @Test
  void manyCalendarsOfOutlookAreAskedTogetherAndWhatWasToldIsUsed() {
    for (int n = 1; n < 25; n++) {
      MICROSOFT.add("AQMk/" + n + "=", "Shared " + n, true);
    }
    WithCalendars.connect(ann.api(), "microsoft");
    choose(
            "Calendar",
            Stream.concat(
                    Stream.of("Calendar"), IntStream.range(1, 25).mapToObj(n -> "Shared " + n))
                .toList())
        .is(200);
    MICROSOFT.occupy("AQMk/3=", at("09:00"), at("10:00"), "busy");
    MICROSOFT.occupy("AQMk/7=", at("11:00"), at("12:00"), "busy");
    MICROSOFT.hang(1);
    JsonNode first = slots(ann.api());
    // Twenty have told, the own one among them; by name the last five come second.
    assertThat(unasked(first))
        .containsExactlyInAnyOrder("Shared 5", "Shared 6", "Shared 7", "Shared 8", "Shared 9");
    assertThat(first.path("slots").findValuesAsText("start"))
        .containsExactly(at("10:00").toString(), at("11:00").toString());
    MICROSOFT.hangNoMore();
    JsonNode second = slots(ann.api());
    assertThat(unasked(second)).isEmpty();
    assertThat(second.path("slots").findValuesAsText("start"))
        .containsExactly(at("10:00").toString());
    assertThat(MICROSOFT.calls()).filteredOn(call -> call.contains("$batch")).hasSize(3);
    assertThat(MICROSOFT.calls()).noneMatch(call -> call.contains("AQMk%2F1%3D"));

    // One that is refused for a moment takes no other with it.
    MICROSOFT.throttle("AQMk/9=");
    JsonNode booked = book(ann.api(), "10:00", 60, false).is(201).json();
    assertThat(unasked(booked)).containsExactly("Shared 9");
    assertThat(booked.at("/unasked/0/reason").asText()).contains("429");
    written(booked.path("id").asLong());
  }

  @Test
  void anotherCalendarStandsInForAPrimaryOneThatCannotBeWrittenTo() {
    GOOGLE.add(SECOND, "Second", "writer");
    WithCalendars.connect(ann.api(), "google");
    choose(OWN, List.of(OWN, "Team")).is(200);
    GOOGLE.role(OWN, "reader");
    long id = book(ann.api(), "09:00", 60, false).is(201).id();
    await().atMost(SOON).until(() -> GOOGLE.written(SECOND).size() == 1);
    written(id);
    assertThat(notices()).contains("Appointments are now written to Second");

    GOOGLE.drop(TEAM);
    assertThat(free()).doesNotContain("09:00");
    GOOGLE.role(SECOND, "reader");
    ann.api().post("/profile/calendars/refresh").is(200);
    JsonNode calendars = WithCalendars.calendars(ann.api());
    assertThat(calendars.path("calendars").findValuesAsText("primary"))
        .containsExactly("false", "false");
    assertThat(notices())
        .contains("Appointments are no longer written to any calendar")
        .contains("The calendar Team is not there any more");
    // What blocks is still chosen.
    Map<String, Object> choice = new HashMap<>();
    choice.put("primary", null);
    choice.put("conflicts", List.of());
    choice.put("version", calendars.path("version").asInt());
    ann.api().put("/profile/calendars", choice).is(200);
    GOOGLE.recover();
  }

  @Test
  void calendarsAreLookedUpOnceADayAndAnEndedConsentIsTold() {
    WithCalendars.connect(ann.api(), "google");
    GOOGLE.add(SECOND, "Second", "writer");
    upkeep.run();
    assertThat(WithCalendars.calendars(ann.api()).path("calendars")).hasSize(2);
    sql("update calendar_account set looked_at = ? where user_id = ?", "2026-01-01", ann.id());
    upkeep.run();
    assertThat(WithCalendars.calendars(ann.api()).path("calendars")).hasSize(3);
    GOOGLE.revokeAll();
    ann.api().post("/profile/calendars/refresh").is(200);
    ann.api().post("/profile/calendars/refresh").is(200);
    assertThat(notices()).containsOnlyOnce("Google has to be connected again");
  }

  @Test
  void disconnectingTakesTheConsentBackAndWaitsForNobody() {
    // Others who have connected the same account need its consent.
    sql("delete from calendar_account");
    GOOGLE.revokeAll();
    ZOOM.revokeAll();
    for (String provider : List.of("google", "zoom")) {
      ConsentServer asked = provider.equals("google") ? GOOGLE : ZOOM;
      WithCalendars.connect(ann.api(), provider);
      assertThat(asked.standing()).isEqualTo(1);
      asked.down(true);
      ann.api().delete("/profile/integrations/" + provider).is(204);
      assertThat(asked.standing()).isEqualTo(1);
      asked.down(false);
      await().atMost(SOON).until(() -> asked.standing() == 0);
    }
    Somebody ben = people.hire(null, Role.SALES);
    WithCalendars.connect(ann.api(), "google");
    WithCalendars.connect(ben.api(), "google");
    ann.api().delete("/profile/integrations/google").is(204);
    await()
        .atMost(SOON)
        .until(
            () ->
                Integer.valueOf(0)
                    .equals(
                        transaction.execute(
                            status ->
                                jdbc.queryForObject(
                                    "select count(*) from calendar_farewell", Integer.class))));
    assertThat(GOOGLE.standing()).isEqualTo(2);
  }

  @Test
  void whatIsDeletedWhileItsAccountIsDisconnectedIsTakenOutLater() {
    for (String provider : List.of("google", "microsoft")) {
      WithCalendars.connect(ann.api(), provider);
      long deleted = book(ann.api(), "09:00", 30, false).is(201).id();
      long cancelled = book(ann.api(), "10:00", 30, false).is(201).id();
      long stays = book(ann.api(), "11:00", 30, false).is(201).id();
      List.of(deleted, cancelled, stays).forEach(this::written);
      ann.api().delete("/profile/integrations/" + provider).is(204);
      ann.api().delete("/appointments/" + deleted).is(204);
      ann.api()
          .patch("/appointments/" + cancelled, Map.of("version", 1, "status", "cancelled"))
          .is(200);
      ann.api()
          .patch("/appointments/" + stays, Map.of("version", 1, "start", at("11:30").toString()))
          .is(200);
      assertThat(standing(provider)).hasSize(3);
      WithCalendars.connect(ann.api(), provider);
      await().atMost(SOON).until(() -> standing(provider).size() == 1);
      written(stays);
      assertThat(standing(provider)).hasSize(1);
      assertThat(standing(provider).get(0).at("/start/dateTime").asText())
          .startsWith(at("11:30").toString().substring(0, 16));
      ann.api().delete("/appointments/" + stays).is(204);
      await().atMost(SOON).until(() -> standing(provider).isEmpty());
      ann.api().delete("/profile/integrations/" + provider).is(204);
    }
  }

  @Test
  void whatWasGivenUpIsTriedAgainNowAndThen() {
    WithCalendars.connect(ann.api(), "google");
    choose(OWN, List.of()).is(200);
    GOOGLE.fail(403);
    long id = book(ann.api(), "09:00", 30, false).is(201).id();
    await().atMost(SOON).until(() -> entry(id).equals("failing"));
    upkeep.run();
    assertThat(entry(id)).isEqualTo("failing");
    sql(
        "update calendar_event set open_since = ? where appointment_id = ?",
        LocalDateTime.now(ZoneOffset.UTC).minusHours(10),
        id);
    upkeep.run();
    written(id);
    assertThat(GOOGLE.written(OWN)).hasSize(1);
  }

  /** SET-037: appointments to come go to who takes over, their entries follow, and the accounts are disconnected. */
  @Test
  void appointmentsAndCalendarsOfWhoLeavesAreHandedOver() {
    WithCalendars.connect(ann.api(), "google");
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    long cancelled = book(ann.api(), "11:00", 30, false).is(201).id();
    ann.api()
        .patch("/appointments/" + cancelled, Map.of("version", 1, "status", "cancelled"))
        .is(200);
    written(id);
    written(cancelled);
    Somebody ben = people.hire(null, Role.SALES);
    WithCalendars.connect(ben.api(), "microsoft");
    admin.patch("/users/" + ann.id(), Map.of("active", false)).is(200);
    admin.get("/users/" + ann.id() + "/free-slots").is(404);
    upkeep.run();
    assertThat(accounts(ann.id())).isEqualTo(1);
    JsonNode holdings = admin.get("/users/" + ann.id() + "/holdings").is(200).json();
    assertThat(holdings.path("appointment").asInt()).isEqualTo(1);
    admin.post("/users/" + ann.id() + "/hand-overs", Map.of("to", ben.id())).is(202);
    await()
        .atMost(SOON)
        .until(
            () ->
                admin
                    .get("/users/" + ann.id() + "/hand-overs")
                    .json()
                    .at("/items/0/status")
                    .asText()
                    .equals("done"));
    assertThat(ben.api().get("/appointments").is(200).ids()).containsExactly(id);
    await().atMost(SOON).until(() -> GOOGLE.written(OWN).isEmpty());
    await().atMost(SOON).until(() -> MICROSOFT.written(OUTLOOK).size() == 1);
    assertThat(MICROSOFT.written(OUTLOOK).get(0).path("subject").asText()).contains("Lee");
    await()
        .atMost(SOON)
        .until(
            () -> {
              upkeep.run();
              return accounts(ann.id()) == 0;
            });
  }

  /** SET-037: left for later, the accounts are not used any more, and disconnected after a week. */
  @Test
  void accountsOfWhoLeftAreNotUsed() {
    WithCalendars.connect(ann.api(), "google");
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    written(id);
    admin.patch("/users/" + ann.id(), Map.of("active", false)).is(200);
    int calls = GOOGLE.calls().size();
    admin.patch("/appointments/" + id, Map.of("version", 1, "notes", "Later")).is(200);
    await()
        .atMost(SOON)
        .until(
            () -> admin.get("/appointments/" + id).json().path("entry").asText().equals("failing"));
    upkeep.run();
    upkeep.run();
    assertThat(GOOGLE.calls()).hasSize(calls);
    assertThat(accounts(ann.id())).isEqualTo(1);
    sql("update calendar_account set idle_since = ? where user_id = ?", "2026-01-01", ann.id());
    upkeep.run();
    assertThat(accounts(ann.id())).isZero();
  }

  @Test
  void twoBookingsAtOnceGetOneTime() {
    WithCalendars.connect(ann.api(), "google");
    book(ann.api(), "09:00", 30, false).is(201);
    int before = questions();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      // All four have seen the time free before one of them may write.
      List<CompletableFuture<Integer>> booked =
          Objects.requireNonNull(
              transaction.execute(
                  status -> {
                    jdbc.queryForList(
                        "select version from calendar_user where user_id = ? for update", ann.id());
                    List<CompletableFuture<Integer>> begun =
                        Stream.of(1, 2, 3, 4)
                            .map(
                                n ->
                                    CompletableFuture.supplyAsync(
                                        () -> book(ann.api(), "10:00", 30, false).status(),
                                        threads))
                            .toList();
                    await().atMost(Duration.ofSeconds(20)).until(() -> questions() == before + 4);
                    return begun;
                  }));
      assertThat(booked.stream().map(CompletableFuture::join).sorted().toList())
          .containsExactly(201, 409, 409, 409);
    } finally {
      threads.shutdownNow();
    }
  }

  private int questions() {
    return (int) GOOGLE.calls().stream().filter(call -> call.endsWith("/freeBusy")).count();
  }

  @Test
  void theOwnTimeOfAnAppointmentIsFreeForMovingIt() {
    WithCalendars.connect(ann.api(), "google");
    long id = book(ann.api(), "10:00", 60, false).is(201).id();
    written(id);
    assertThat(free()).containsExactly("09:00", "11:00");
    assertThat(
            ann.api()
                .get(
                    "/users/"
                        + ann.id()
                        + "/free-slots?minutes=60&step=60&from="
                        + monday
                        + "&to="
                        + monday
                        + "&moved="
                        + id)
                .is(200)
                .json()
                .path("slots"))
        .hasSize(3);
    Somebody ben = people.hire(null, Role.SALES);
    ben.api().get("/users/" + ben.id() + "/free-slots?moved=" + id).is(404);
  }
}
