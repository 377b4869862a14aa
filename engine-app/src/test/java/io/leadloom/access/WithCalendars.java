package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.simulators.consent.ConsentServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;

/** People who connect their calendars, as a browser does it. */
final class WithCalendars {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Where browsers come back to in tests. */
  static final String BACK = "http://localhost/profile/integrations";

  private static final HttpClient BROWSER =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private WithCalendars() {}

  /** An administrator tells of the client that the providers know. */
  static void setUp(Caller admin, String provider) {
    int version = 0;
    for (JsonNode one : admin.get("/settings/calendar-providers").is(200).json().path("items")) {
      if (one.path("provider").asText().equals(provider)) {
        version = one.path("version").asInt();
      }
    }
    admin
        .put(
            "/settings/calendar-providers/" + provider,
            Map.of(
                "clientId",
                ConsentServer.CLIENT,
                "clientSecret",
                ConsentServer.SECRET,
                "version",
                version))
        .is(200);
  }

  /** Somebody goes to the provider, consents and comes back; what the provider sent along is returned. */
  static Map<String, String> consent(Caller user, String provider) {
    String address =
        user.post("/profile/integrations/" + provider + "/connect")
            .is(200)
            .json()
            .path("address")
            .asText();
    try {
      HttpResponse<String> answer =
          BROWSER.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
      URI back = URI.create(answer.headers().firstValue("Location").orElseThrow());
      assertThat(back.toString()).startsWith(BACK + "?");
      String[] parts = back.getQuery().split("&");
      return Map.of(
          "code",
          parts[0].substring("code=".length()),
          "state",
          parts[1].substring("state=".length()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static JsonNode connect(Caller user, String provider) {
    return user.post("/profile/integrations/answer", consent(user, provider)).is(200).json();
  }

  /** A Monday at least a week ahead. */
  static LocalDate monday() {
    return LocalDate.now(BERLIN).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
  }

  static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(BERLIN).toInstant();
  }

  /** Mondays from nine to twelve in Berlin. */
  static void worksOnMondays(Somebody user) {
    works(user, BERLIN, Map.of("monday", List.of(Map.of("from", "09:00", "to", "12:00"))));
  }

  static void works(Somebody user, ZoneId zone, Map<String, List<Map<String, String>>> hours) {
    Caller api = user.api();
    JsonNode profile = api.get("/profile").is(200).json();
    api.put(
            "/profile",
            Map.of(
                "version",
                profile.path("version").asInt(),
                "name",
                profile.path("name").asText(),
                "timeZone",
                zone.getId(),
                "meetingLocation",
                "Room 5",
                "availability",
                hours))
        .is(200);
  }

  /** The starts of the free times of a day, as the user's clock shows them. */
  static List<String> free(Caller api, long user, LocalDate day, int minutes) {
    JsonNode found =
        api.get("/users/" + user + "/free-slots?from=" + day + "&to=" + day + "&minutes=" + minutes)
            .is(200)
            .json();
    return found.path("slots").findValuesAsText("start").stream()
        .map(text -> Instant.parse(text).atZone(BERLIN).toLocalTime().toString())
        .toList();
  }

  static JsonNode calendars(Caller api) {
    return api.get("/profile/calendars").is(200).json();
  }

  static long calendar(Caller api, String name) {
    for (JsonNode one : calendars(api).path("calendars")) {
      if (one.path("name").asText().equals(name)) {
        return one.path("id").asLong();
      }
    }
    throw new AssertionError("No calendar " + name + " in " + calendars(api));
  }
}
