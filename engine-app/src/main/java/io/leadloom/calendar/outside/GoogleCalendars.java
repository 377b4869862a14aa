package io.leadloom.calendar.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Google Calendar, version 3. Entries get ids of ours, so that one that came through twice is one. */
@Component
class GoogleCalendars implements OutsideCalendars {

  /** So many calendars are asked at a time. */
  private static final int AT_ONCE = 50;

  private static final int PAGES = 5;

  private final OutsideHttp http;
  private final ProviderAddresses addresses;
  private final ObjectMapper json;

  GoogleCalendars(OutsideHttp http, ProviderAddresses addresses, ObjectMapper json) {
    this.http = http;
    this.addresses = addresses;
    this.json = json;
  }

  @Override
  public CalendarProvider provider() {
    return CalendarProvider.GOOGLE;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  private JsonNode call(HttpMethod method, URI address, String token, @Nullable JsonNode body)
      throws OutsideFailure {
    return http.call(provider(), method, address, token, Map.of(), body);
  }

  private UriComponentsBuilder at(String path) {
    return UriComponentsBuilder.fromUriString(addresses.google().api()).path(path).encode();
  }

  /** The key of the calendar that the account began with is the address of the account. */
  @Override
  public String owner(String token) throws OutsideFailure {
    URI address = at("/users/me/calendarList/{id}").build("primary");
    return call(HttpMethod.GET, address, token, null).path("id").asText("Google");
  }

  @Override
  public List<Found> calendars(String token) throws OutsideFailure {
    List<Found> found = new ArrayList<>();
    String next = "";
    for (int page = 0; page < PAGES && found.size() < MOST_CALENDARS; page++) {
      UriComponentsBuilder address =
          at("/users/me/calendarList").queryParam("maxResults", MOST_CALENDARS);
      Map<String, String> more = next.isEmpty() ? Map.of() : Map.of("page", next);
      if (!next.isEmpty()) {
        address.queryParam("pageToken", "{page}");
      }
      JsonNode answer = call(HttpMethod.GET, address.build(more), token, null);
      for (JsonNode one : answer.path("items")) {
        String role = one.path("accessRole").asText();
        String name = one.path("summaryOverride").asText(one.path("summary").asText());
        found.add(
            new Found(
                one.path("id").asText(),
                name,
                role.equals("owner") || role.equals("writer"),
                one.path("primary").asBoolean()));
      }
      next = answer.path("nextPageToken").asText("");
      if (next.isEmpty()) {
        break;
      }
    }
    return found.stream().limit(MOST_CALENDARS).toList();
  }

  @Override
  public BusyAnswer busy(String token, List<String> calendars, Span span, ZoneId zone)
      throws OutsideFailure {
    Map<String, List<Busy>> busy = new HashMap<>();
    Map<String, String> untold = new HashMap<>();
    ObjectNode body =
        json.createObjectNode()
            .put("timeMin", span.from().toString())
            .put("timeMax", span.to().toString());
    calendars.forEach(key -> body.withArray("items").addObject().put("id", key));
    JsonNode answer =
        call(HttpMethod.POST, at("/freeBusy").build(Map.of()), token, body).path("calendars");
    for (String key : calendars) {
      JsonNode one = answer.path(key);
      JsonNode errors = one.path("errors");
      if (!one.isObject() || !errors.isEmpty()) {
        untold.put(key, errors.path(0).path("reason").asText("Google says nothing about it"));
      } else {
        busy.put(key, times(one.path("busy")));
      }
    }
    return new BusyAnswer(busy, untold);
  }

  private static List<Busy> times(JsonNode spans) throws OutsideFailure {
    List<Busy> times = new ArrayList<>();
    for (JsonNode span : spans) {
      times.add(new Busy(new Span(time(span.path("start")), time(span.path("end"))), null));
    }
    return times;
  }

  private static Instant time(JsonNode text) throws OutsideFailure {
    try {
      return OffsetDateTime.parse(text.asText()).toInstant();
    } catch (DateTimeException e) {
      throw new OutsideFailure(Kind.LATER, "Google answered a time that is none");
    }
  }

  @Override
  public String write(String token, String calendar, @Nullable String event, Entry entry)
      throws OutsideFailure {
    ObjectNode body = body(entry);
    if (event != null) {
      try {
        return change(token, calendar, event, body);
      } catch (OutsideFailure e) {
        if (e.kind() != Kind.GONE) {
          throw e;
        }
      }
    }
    try {
      URI address =
          at("/calendars/{calendar}/events").queryParam("sendUpdates", "none").build(calendar);
      call(HttpMethod.POST, address, token, body.deepCopy().put("id", entry.mark()));
      return entry.mark();
    } catch (OutsideFailure e) {
      if (e.kind() != Kind.EXISTS) {
        throw e;
      }
      // An earlier try came through, or somebody deleted it there, which keeps the id: it is
      // brought back.
      return change(token, calendar, entry.mark(), body);
    }
  }

  private String change(String token, String calendar, String event, ObjectNode body)
      throws OutsideFailure {
    call(HttpMethod.PATCH, event(calendar, event), token, body);
    return event;
  }

  private URI event(String calendar, String event) {
    return at("/calendars/{calendar}/events/{event}")
        .queryParam("sendUpdates", "none")
        .build(calendar, event);
  }

  private ObjectNode body(Entry entry) {
    ObjectNode body =
        json.createObjectNode()
            .put("status", "confirmed")
            .put("summary", entry.title())
            .put("description", entry.notes() == null ? "" : entry.notes())
            .put("location", entry.place() == null ? "" : entry.place());
    body.putObject("start").put("dateTime", entry.span().from().toString());
    body.putObject("end").put("dateTime", entry.span().to().toString());
    return body;
  }

  @Override
  public void remove(String token, String calendar, @Nullable String event, String mark)
      throws OutsideFailure {
    try {
      call(HttpMethod.DELETE, event(calendar, event == null ? mark : event), token, null);
    } catch (OutsideFailure e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }
}
