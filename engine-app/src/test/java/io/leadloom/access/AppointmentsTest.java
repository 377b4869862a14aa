package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.simulators.consent.ConsentServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

  @Test
  void twoBookingsAtOnceGetOneTime() throws Exception {
    List<Integer> answers =
        java.util.stream.Stream.of(1, 2, 3, 4)
            .parallel()
            .map(n -> book(ann.api(), "10:00", 30, false).status())
            .sorted()
            .toList();
    assertThat(answers).containsExactly(201, 409, 409, 409);
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
