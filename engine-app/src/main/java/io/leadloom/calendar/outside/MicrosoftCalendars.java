package io.leadloom.calendar.outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.calendar.outside.OutsideFailure.Kind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Outlook's calendars by Microsoft Graph. Busy times are read from the calendars themselves, because the way that asks for
 * them alone is closed to personal accounts. Entries carry a mark of ours, by which one is found that came through although
 * nobody heard of it.
 */
@Component
class MicrosoftCalendars implements OutsideCalendars {

  private static final int PAGES = 5;
  private static final int PAGE = 200;

  /** Microsoft takes so many questions at a time, and asks four calendars of a mailbox together. */
  private static final int AT_ONCE = 20;

  private static final int OK = 200;
  private static final int NO_CONSENT = 401;

  /** What an entry may be shown as without taking the time. */
  private static final Set<String> FREE = Set.of("free", "workingElsewhere");

  /** Names our mark among the properties of an entry. */
  private static final String MARK = "String {6c3f2d0e-2f0b-4b8e-9a4e-0c6f1f5d7a11} Name leadloom";

  /** Ids stay when entries are moved, and times are in one zone. */
  private static final Map<String, String> PREFER =
      Map.of("Prefer", "IdType=\"ImmutableId\", outlook.timezone=\"UTC\"");

  private final OutsideHttp http;
  private final ProviderAddresses addresses;
  private final ObjectMapper json;

  MicrosoftCalendars(OutsideHttp http, ProviderAddresses addresses, ObjectMapper json) {
    this.http = http;
    this.addresses = addresses;
    this.json = json;
  }

  @Override
  public CalendarProvider provider() {
    return CalendarProvider.MICROSOFT;
  }

  @Override
  public int atOnce() {
    return AT_ONCE;
  }

  private JsonNode call(HttpMethod method, URI address, String token, @Nullable JsonNode body)
      throws OutsideFailure {
    return http.call(provider(), method, address, token, PREFER, body);
  }

  private UriComponentsBuilder at(String path) {
    return UriComponentsBuilder.fromUriString(addresses.microsoft().api()).path(path).encode();
  }

  @Override
  public String owner(String token) throws OutsideFailure {
    URI address =
        at("/me").queryParam("$select", "{fields}").build("mail,userPrincipalName,displayName");
    JsonNode me = call(HttpMethod.GET, address, token, null);
    String mail = me.path("mail").asText("");
    return mail.isEmpty() || mail.equals("null")
        ? me.path("userPrincipalName").asText("Microsoft")
        : mail;
  }

  @Override
  public List<Found> calendars(String token) throws OutsideFailure {
    URI address =
        at("/me/calendars")
            .queryParam("$select", "{fields}")
            .queryParam("$top", 100)
            .build("id,name,canEdit,isDefaultCalendar");
    List<Found> found = new ArrayList<>();
    for (JsonNode one : pages(address, token)) {
      found.add(
          new Found(
              one.path("id").asText(),
              one.path("name").asText(),
              one.path("canEdit").asBoolean(),
              one.path("isDefaultCalendar").asBoolean()));
    }
    return found.stream().limit(MOST_CALENDARS).toList();
  }

  /** All pages of a list; the address of the next is followed at the provider only, since it carries the token there. */
  private List<JsonNode> pages(URI first, String token) throws OutsideFailure {
    return pages(call(HttpMethod.GET, first, token, null), token);
  }

  private List<JsonNode> pages(JsonNode first, String token) throws OutsideFailure {
    List<JsonNode> items = new ArrayList<>();
    JsonNode answer = first;
    for (int page = 1; page <= PAGES; page++) {
      answer.path("value").forEach(items::add);
      String next = answer.path("@odata.nextLink").asText("");
      if (next.isEmpty()) {
        return items;
      }
      if (!next.startsWith(addresses.microsoft().api() + "/")) {
        throw new OutsideFailure(Kind.REFUSED, "Microsoft continues a list at another address");
      }
      if (page < PAGES) {
        answer = call(HttpMethod.GET, followed(next), token, null);
      }
    }
    throw new OutsideFailure(
        Kind.REFUSED, "Microsoft has more than " + PAGES * PAGE + " entries in this time");
  }

  private static URI followed(String next) throws OutsideFailure {
    try {
      return URI.create(next);
    } catch (IllegalArgumentException e) {
      throw new OutsideFailure(Kind.REFUSED, "Microsoft continues a list at no address");
    }
  }

  @Override
  public BusyAnswer busy(String token, List<String> calendars, Span span, ZoneId zone)
      throws OutsideFailure {
    Map<String, JsonNode> answers = asked(token, calendars, span);
    Map<String, List<Busy>> busy = new HashMap<>();
    Map<String, String> untold = new HashMap<>();
    for (int n = 0; n < calendars.size(); n++) {
      String calendar = calendars.get(n);
      JsonNode answer = answers.get(Integer.toString(n));
      int status = answer == null ? 0 : answer.path("status").asInt();
      if (status == NO_CONSENT) {
        throw new OutsideFailure(Kind.CONSENT, "Microsoft does not accept the consent");
      }
      if (answer == null || status != OK) {
        untold.put(calendar, reason(status, answer));
        continue;
      }
      try {
        List<Busy> times = new ArrayList<>();
        for (JsonNode event : pages(answer.path("body"), token)) {
          if (!FREE.contains(event.path("showAs").asText())
              && !event.path("isCancelled").asBoolean()) {
            Span taken = taken(event, zone);
            if (taken.overlaps(span)) {
              times.add(new Busy(taken, event.path("id").asText()));
            }
          }
        }
        busy.put(calendar, times);
      } catch (OutsideFailure e) {
        if (e.kind() == Kind.CONSENT) {
          throw e;
        }
        untold.put(calendar, e.getMessage());
      }
    }
    return new BusyAnswer(busy, untold);
  }

  /** The first page of each calendar by its place in the list, all with one call. */
  private Map<String, JsonNode> asked(String token, List<String> calendars, Span span)
      throws OutsideFailure {
    ObjectNode batch = json.createObjectNode();
    ArrayNode questions = batch.putArray("requests");
    for (String calendar : calendars) {
      String address =
          at("/me/calendars/{calendar}/calendarView")
              .queryParam("startDateTime", "{from}")
              .queryParam("endDateTime", "{to}")
              .queryParam("$select", "{fields}")
              .queryParam("$top", PAGE)
              .build(
                  calendar,
                  // Days are found by the midnights of UTC, from which those of a zone are not a
                  // day away.
                  span.from().minus(1, ChronoUnit.DAYS).toString(),
                  span.to().plus(1, ChronoUnit.DAYS).toString(),
                  "id,start,end,showAs,isCancelled,isAllDay")
              .toString();
      ObjectNode question = questions.addObject();
      question.put("id", Integer.toString(questions.size() - 1));
      question.put("method", HttpMethod.GET.name());
      question.put("url", address.substring(addresses.microsoft().api().length()));
      ObjectNode headers = question.putObject("headers");
      PREFER.forEach(headers::put);
    }
    JsonNode answer = call(HttpMethod.POST, at("/$batch").build(Map.of()), token, batch);
    Map<String, JsonNode> answers = new HashMap<>();
    answer.path("responses").forEach(one -> answers.put(one.path("id").asText(), one));
    return answers;
  }

  private static String reason(int status, @Nullable JsonNode answer) {
    String said = answer == null ? "" : answer.at("/body/error/message").asText("");
    return status == 0
        ? "Microsoft says nothing about it"
        : "Microsoft answered " + status + (said.isEmpty() ? "" : ": " + said);
  }

  /** Whole days are told as midnights whatever zone is asked for; they are days of the owner. */
  private static Span taken(JsonNode event, ZoneId zone) throws OutsideFailure {
    LocalDateTime from = time(event.path("start"));
    LocalDateTime to = time(event.path("end"));
    boolean days =
        event.path("isAllDay").asBoolean()
            && from.toLocalTime().equals(LocalTime.MIDNIGHT)
            && to.toLocalTime().equals(LocalTime.MIDNIGHT);
    return days
        ? new Span(
            from.toLocalDate().atStartOfDay(zone).toInstant(),
            to.toLocalDate().atStartOfDay(zone).toInstant())
        : new Span(from.toInstant(ZoneOffset.UTC), to.toInstant(ZoneOffset.UTC));
  }

  private static LocalDateTime time(JsonNode time) throws OutsideFailure {
    try {
      return LocalDateTime.parse(time.path("dateTime").asText());
    } catch (DateTimeException e) {
      throw new OutsideFailure(Kind.LATER, "Microsoft answered a time that is none");
    }
  }

  @Override
  public String write(String token, String calendar, @Nullable String event, Entry entry)
      throws OutsideFailure {
    ObjectNode body = body(entry);
    if (event != null && changed(token, calendar, event, body)) {
      return event;
    }
    String known = find(token, calendar, entry.mark());
    if (known != null && changed(token, calendar, known, body)) {
      return known;
    }
    ObjectNode fresh = body.deepCopy();
    // Microsoft takes a number once: an entry that is made anew after it was taken out has another
    // one.
    fresh.put("transactionId", entry.mark() + "-" + entry.change());
    fresh
        .putArray("singleValueExtendedProperties")
        .addObject()
        .put("id", MARK)
        .put("value", entry.mark());
    try {
      JsonNode made =
          call(
              HttpMethod.POST, at("/me/calendars/{calendar}/events").build(calendar), token, fresh);
      return made.path("id").asText();
    } catch (OutsideFailure e) {
      String twin = e.kind() == Kind.EXISTS ? find(token, calendar, entry.mark()) : null;
      if (twin == null) {
        throw e;
      }
      return twin;
    }
  }

  /** Whether the entry was there to be changed. */
  private boolean changed(String token, String calendar, String event, ObjectNode body)
      throws OutsideFailure {
    try {
      call(HttpMethod.PATCH, event(calendar, event), token, body);
      return true;
    } catch (OutsideFailure e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
      return false;
    }
  }

  /** Entries of shared calendars are found under their calendar only. */
  private URI event(String calendar, String event) {
    return at("/me/calendars/{calendar}/events/{event}").build(calendar, event);
  }

  private @Nullable String find(String token, String calendar, String mark) throws OutsideFailure {
    URI address =
        at("/me/calendars/{calendar}/events")
            .queryParam("$filter", "{filter}")
            .queryParam("$select", "id")
            .queryParam("$top", 1)
            .build(
                calendar,
                "singleValueExtendedProperties/any(ep: ep/id eq '"
                    + MARK
                    + "' and ep/value eq '"
                    + mark
                    + "')");
    String id =
        call(HttpMethod.GET, address, token, null).path("value").path(0).path("id").asText("");
    return id.isEmpty() ? null : id;
  }

  private ObjectNode body(Entry entry) {
    ObjectNode body = json.createObjectNode().put("subject", entry.title()).put("showAs", "busy");
    body.putObject("body")
        .put("contentType", "text")
        .put("content", entry.notes() == null ? "" : entry.notes());
    body.putObject("location").put("displayName", entry.place() == null ? "" : entry.place());
    body.set("start", time(entry.span().from()));
    body.set("end", time(entry.span().to()));
    return body;
  }

  private ObjectNode time(Instant moment) {
    return json.createObjectNode()
        .put(
            "dateTime",
            LocalDateTime.ofInstant(moment, ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString())
        .put("timeZone", "UTC");
  }

  @Override
  public void remove(String token, String calendar, @Nullable String event, String mark)
      throws OutsideFailure {
    String known = event == null ? find(token, calendar, mark) : event;
    if (known == null) {
      return;
    }
    try {
      call(HttpMethod.DELETE, event(calendar, known), token, null);
    } catch (OutsideFailure e) {
      if (e.kind() != Kind.GONE) {
        throw e;
      }
    }
  }
}
