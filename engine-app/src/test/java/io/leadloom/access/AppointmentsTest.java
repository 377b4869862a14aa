package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.simulators.consent.ConsentServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** Appointments and their entries in outside calendars (ENG-058, ENG-062 to ENG-069). */
class AppointmentsTest extends InCalendars {

  @Test
  void lostAnswersAndErrorsLeaveOneEntryWhichMovesAndGoesWithItsAppointment() {
    for (String provider : List.of("google", "microsoft")) {
      WithCalendars.connect(ann.api(), provider);
      choose(provider.equals("google") ? OWN : "Calendar", List.of()).is(200);
      ConsentServer asked = provider.equals("google") ? GOOGLE : MICROSOFT;
      asked.fail(500, 503);
      asked.loseNextAnswer();
      JsonNode made = book(ann.api(), "09:00", 30, false).is(201).json();
      long id = made.path("id").asLong();
      written(id);
      assertThat(standing(provider)).hasSize(1);

      JsonNode moved =
          ann.api()
              .patch(
                  "/appointments/" + id,
                  Map.of("version", made.path("version"), "start", at("09:15").toString()))
              .is(200)
              .json();
      written(id);
      assertThat(standing(provider)).hasSize(1);
      assertThat(standing(provider).get(0).at("/start/dateTime").asText())
          .startsWith(at("09:15").toString().substring(0, 16));
      // SET-041: the meeting location of the owner.
      assertThat(standing(provider).get(0).path("location").toString()).contains("Room 5");
      assertThat(ann.api().get("/appointments/" + id).json().at("/moves/0/start").asText())
          .isEqualTo(at("09:00").toString());

      JsonNode cancelled =
          ann.api()
              .patch(
                  "/appointments/" + id,
                  Map.of("version", moved.path("version"), "status", "cancelled"))
              .is(200)
              .json();
      written(id);
      assertThat(standing(provider)).isEmpty();
      ann.api()
          .patch(
              "/appointments/" + id,
              Map.of("version", cancelled.path("version"), "status", "confirmed"))
          .is(200);
      written(id);
      assertThat(standing(provider)).hasSize(1);
      ann.api().delete("/appointments/" + id).is(204);
      await().atMost(Duration.ofSeconds(20)).until(() -> standing(provider).isEmpty());
      ann.api().get("/appointments/" + id).is(404);
    }
  }

  /** ENG-E26, as far as users go: the clash is shown, and booked all the same once it is confirmed. */
  @Test
  void aClashIsRefusedUntilItIsConfirmed() {
    long first = book(ann.api(), "10:00", 30, false).is(201).id();
    book(ann.api(), "10:15", 30, false)
        .is(409)
        .says("confirm", "because there is an appointment then");
    assertThat(ann.api().get("/appointments").is(200).ids()).containsExactly(first);
    long second = book(ann.api(), "10:15", 30, true).is(201).id();
    assertThat(ann.api().get("/appointments?record=lead/" + lead).is(200).ids())
        .containsExactly(second, first);

    // ENG-069: what is cancelled or invalid frees its time, and needs it back.
    ann.api().patch("/appointments/" + first, Map.of("version", 1, "status", "invalid")).is(200);
    ann.api().patch("/appointments/" + second, Map.of("version", 1, "status", "cancelled")).is(200);
    long third = book(ann.api(), "10:00", 60, false).is(201).id();
    ann.api()
        .patch("/appointments/" + first, Map.of("version", 2, "status", "confirmed"))
        .is(409)
        .says("confirm", "true, to book all the same");
    ann.api()
        .patch("/appointments/" + third, Map.of("version", 1, "start", at("10:30").toString()))
        .is(200);
  }

  @Test
  void theTimelineOfTheLeadTellsWhoBookedMovedAndDeleted() {
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    String start = at("11:00").toString();
    ann.api().patch("/appointments/" + id, Map.of("version", 1, "start", start)).is(200);
    ann.api().patch("/appointments/" + id, Map.of("version", 2, "notes", "Prices")).is(200);
    ann.api().patch("/appointments/" + id, Map.of("version", 3, "status", "cancelled")).is(200);
    ann.api().delete("/appointments/" + id).is(204);
    JsonNode told = ann.api().get("/leads/" + lead + "/timeline?kinds=appointments").is(200).json();
    assertThat(told.path("items"))
        .extracting(
            item -> item.path("kind").asText().substring("lead.appointment".length()),
            item -> item.path("appointment").path("start").asText(),
            item -> item.path("appointment").path("before").asText(),
            item -> item.path("appointment").path("status").asText())
        .containsExactly(
            tuple("Deleted", start, "", "cancelled"),
            tuple("Changed", start, "", "cancelled"),
            tuple("Changed", start, at("10:00").toString(), "confirmed"),
            tuple("Booked", at("10:00").toString(), "", "confirmed"));
    assertThat(told.path("items").get(0).path("cause").path("userId").asLong()).isEqualTo(ann.id());
    assertThat(told.toString()).doesNotContain("Prices");
  }

  @Test
  void aClashWithAnOutsideCalendarIsRefusedAndTheOwnEntryIsNone() {
    for (String provider : List.of("google", "microsoft")) {
      WithCalendars.connect(ann.api(), provider);
      choose(
              provider.equals("google") ? OWN : "Calendar",
              List.of(provider.equals("google") ? OWN : "Calendar"))
          .is(200);
      long id = book(ann.api(), "09:00", 60, false).is(201).id();
      written(id);
      ann.api()
          .patch("/appointments/" + id, Map.of("version", 1, "start", at("09:30").toString()))
          .is(200);
      written(id);
      GOOGLE.occupy(OWN, at("11:00"), at("11:30"));
      MICROSOFT.occupy(OUTLOOK, at("11:00"), at("11:30"), "busy");
      ann.api()
          .patch("/appointments/" + id, Map.of("version", 2, "start", at("10:30").toString()))
          .is(409)
          .says("confirm", provider.equals("google") ? OWN : "Calendar");
      ann.api().delete("/appointments/" + id).is(204);
      await().atMost(Duration.ofSeconds(20)).until(() -> standing(provider).isEmpty());
    }
  }

  /** ENG-E25: Showed and No-Show only once the appointment has begun. */
  @Test
  void whetherSomebodyShowedIsSaidAfterwards() {
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    ann.api()
        .patch("/appointments/" + id, Map.of("version", 1, "status", "showed"))
        .is(422)
        .says("status", "before the appointment has begun");
    Instant past =
        Instant.now().truncatedTo(java.time.temporal.ChronoUnit.HOURS).minusSeconds(7_200);
    long over =
        ann.api()
            .post(
                "/appointments",
                Map.of("record", "lead/" + lead, "start", past.toString(), "minutes", 30))
            .is(201)
            .id();
    for (String status : List.of("showed", "no-show", "new", "confirmed")) {
      int version = ann.api().get("/appointments/" + over).json().path("version").asInt();
      ann.api()
          .patch("/appointments/" + over, Map.of("version", version, "status", status))
          .is(200);
    }
    ann.api()
        .patch("/appointments/" + over, Map.of("version", 1, "status", "invalid"))
        .is(409)
        .says("version", "the present version");
  }

  @Test
  void appointmentsAreForWhoReachesTheirOwnerOrRecord() {
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    Somebody ben = people.hire(null, Role.SALES);
    ben.api().get("/appointments/" + id).is(404);
    ben.api().patch("/appointments/" + id, Map.of("version", 1, "notes", "mine")).is(404);
    ben.api().delete("/appointments/" + id).is(404);
    ben.api().get("/appointments?owner=" + ann.id()).is(404);
    ben.api().get("/appointments?record=lead/" + lead).is(404);
    ben.api().get("/users/" + ann.id() + "/free-slots").is(404);
    book(ben.api(), "11:00", 30, false).is(404);
    long bens = ben.api().make("leads", Map.of("lastName", "Ben's"));
    ben.api()
        .post(
            "/appointments",
            Map.of(
                "record",
                "lead/" + bens,
                "owner",
                ann.id(),
                "start",
                at("11:00").toString(),
                "minutes",
                30))
        .is(404);
    admin
        .post(
            "/appointments",
            Map.of(
                "record",
                "lead/" + bens,
                "owner",
                ann.id(),
                "start",
                at("11:00").toString(),
                "minutes",
                30))
        .is(422)
        .says("owner", "who can see the lead");
    admin.get("/appointments/" + id).is(200);
    assertThat(admin.get("/appointments?owner=" + ann.id()).is(200).ids()).containsExactly(id);
  }

  /** Whoever has the record may say how the appointment stands; the time is that of its owner. */
  @Test
  void theTimeOfAnOwnerIsForWhoReachesThemAndTheRecordForWhoSeesIt() {
    long id = book(ann.api(), "10:00", 30, false).is(201).id();
    Somebody ben = people.hire(null, Role.SALES);
    admin.patch("/leads/" + lead, Map.of("values", Map.of("owner", ben.id()))).is(200);

    JsonNode bens = ben.api().get("/appointments/" + id).is(200).json();
    assertThat(bens.path("record").asText()).isEqualTo("lead/" + lead);
    assertThat(bens.path("name").asText()).contains("Lee");
    assertThat(bens.path("notes").asText()).isEqualTo("Prices");
    for (JsonNode anns :
        List.of(
            ann.api().get("/appointments/" + id).is(200).json(),
            ann.api().get("/appointments").is(200).json().at("/items/0"))) {
      assertThat(anns.path("id").asLong()).isEqualTo(id);
      assertThat(anns.path("start").asText()).isEqualTo(at("10:00").toString());
      assertThat(anns.has("record") || anns.has("name") || anns.has("notes")).isFalse();
    }

    for (Map<String, ?> change :
        List.of(
            Map.of("version", 1, "start", at("11:00").toString()),
            Map.of("version", 1, "minutes", 1440, "confirm", true))) {
      Caller.Answer refused = ben.api().patch("/appointments/" + id, change).is(403);
      assertThat(refused.json().path("violations")).isEmpty();
    }
    ben.api()
        .patch("/appointments/" + id, Map.of("version", 1, "notes", "Later", "status", "cancelled"))
        .is(200);
    ben.api().patch("/appointments/" + id, Map.of("version", 2, "status", "confirmed")).is(403);
    ann.api().patch("/appointments/" + id, Map.of("version", 2, "status", "confirmed")).is(200);
  }

  /** Others hear which part of the time is taken that they asked for, and not by what. */
  @Test
  void clashesTellOthersTheAskedTimeOnly() {
    Somebody manager = people.hire(null, Role.MANAGER);
    people.report(ann.id(), manager.id());
    WithCalendars.connect(ann.api(), "google");
    GOOGLE.occupy(OWN, at("08:00"), at("10:00"));
    book(ann.api(), "09:30", 60, false).is(409).says("confirm", OWN);
    JsonNode told =
        book(manager.api(), "09:30", 60, false)
            .is(409)
            .says("confirm", "because it is taken then")
            .json();
    assertThat(told.path("violations")).hasSize(1);
    assertThat(told.at("/violations/0/value").asText()).isEqualTo(at("09:30") + "/" + at("10:00"));
    assertThat(told.toString()).doesNotContain(OWN).doesNotContain("Google");
  }

  /** Reading is no effect: a booking that failed can be sent again with its key. */
  @Test
  void aBookingThatFailedIsSentAgainWithItsKey() {
    WithCalendars.connect(ann.api(), "google");
    String key = UUID.randomUUID().toString();
    int failed =
        Objects.requireNonNull(
            transaction.execute(
                status -> {
                  jdbc.queryForList(
                      "select version from calendar_user where user_id = ? for update", ann.id());
                  return CompletableFuture.supplyAsync(() -> booked(key)).join();
                }));
    assertThat(failed).isGreaterThanOrEqualTo(500);
    assertThat(booked(key)).isEqualTo(201);
    assertThat(booked(key)).isEqualTo(201);
    assertThat(ann.api().get("/appointments").is(200).ids()).hasSize(1);
  }

  private int booked(String key) {
    try {
      return http.perform(
              MockMvcRequestBuilders.post("/api/v1/appointments")
                  .with(httpBasic(ann.api().login(), ann.api().password()))
                  .header("Idempotency-Key", key)
                  .contentType(MediaType.APPLICATION_JSON)
                  .content(
                      "{\"record\": \"lead/"
                          + lead
                          + "\", \"start\": \""
                          + at("09:00")
                          + "\", \"minutes\": 30}"))
          .andReturn()
          .getResponse()
          .getStatus();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void connectingWritesWhatIsToComeAndFindsItsEntriesAgain() {
    for (String provider : List.of("google", "microsoft")) {
      JsonNode made = book(ann.api(), "09:00", 30, false).is(201).json();
      long id = made.path("id").asLong();
      WithCalendars.connect(ann.api(), provider);
      written(id);
      assertThat(standing(provider)).hasSize(1);

      ann.api().delete("/profile/integrations/" + provider).is(204);
      WithCalendars.connect(ann.api(), provider);
      written(id);
      assertThat(standing(provider)).hasSize(1);
      ann.api()
          .patch("/appointments/" + id, Map.of("version", 1, "start", at("09:15").toString()))
          .is(200);
      written(id);
      assertThat(standing(provider)).hasSize(1);

      // The provider refuses for good to take the entry out: once it is connected again it goes.
      ConsentServer asked = provider.equals("google") ? GOOGLE : MICROSOFT;
      asked.fail(403);
      ann.api().delete("/appointments/" + id).is(204);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> asked.calls().stream().anyMatch(call -> call.startsWith("DELETE ")));
      assertThat(standing(provider)).hasSize(1);
      WithCalendars.connect(ann.api(), provider);
      await().atMost(Duration.ofSeconds(20)).until(() -> standing(provider).isEmpty());
      ann.api().delete("/profile/integrations/" + provider).is(204);
    }
  }

  @Test
  void listsArePagedAndErasedRecordsTakeTheirAppointmentsAndEntriesWithThem() {
    WithCalendars.connect(ann.api(), "google");
    long first = book(ann.api(), "09:00", 30, false).is(201).id();
    long second = book(ann.api(), "10:00", 30, false).is(201).id();
    written(first);
    written(second);
    JsonNode page = ann.api().get("/appointments?limit=1&record=lead/" + lead).is(200).json();
    assertThat(page.at("/items/0/id").asLong()).isEqualTo(second);
    assertThat(
            ann.api()
                .get(
                    "/appointments?limit=1&record=lead/"
                        + lead
                        + "&cursor="
                        + page.path("next").asText())
                .is(200)
                .ids())
        .containsExactly(first);
    ann.api().delete("/leads/" + lead).is(204);
    admin
        .post(
            "/leads/bulk-actions",
            Map.of(
                "operation",
                "erase",
                "name",
                "Erase for good",
                "settings",
                Map.of("confirm", "DELETE"),
                "ids",
                List.of(lead)))
        .is(202);
    await().atMost(Duration.ofSeconds(20)).until(() -> GOOGLE.written(OWN).isEmpty());
    assertThat(ann.api().get("/appointments").is(200).ids()).isEmpty();
  }
}
