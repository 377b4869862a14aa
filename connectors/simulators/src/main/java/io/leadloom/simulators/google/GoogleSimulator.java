package io.leadloom.simulators.google;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.simulators.consent.ConsentServer;
import io.leadloom.simulators.consent.Reply;
import io.leadloom.simulators.consent.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Google Calendar, version 3, on its real paths: calendar lists, free and busy times, entries. */
public final class GoogleSimulator extends ConsentServer {

  private static final String API = "/calendar/v3/";
  private static final String SCOPES = "https://www.googleapis.com/auth/calendar.";
  private static final Duration LONGEST_QUESTION = Duration.ofDays(92);
  private static final Set<String> FIELDS =
      Set.of("id", "status", "summary", "description", "location", "start", "end");

  private final Map<String, Calendar> calendars = new LinkedHashMap<>();

  private GoogleSimulator(int port) {
    super(port);
    add("user@gmail.example", "user@gmail.example", "owner");
  }

  /** Starts one on a free port, whose user has a primary calendar. */
  public static GoogleSimulator open() {
    return openOn(0);
  }

  /** Starts one on a port of choice. */
  public static GoogleSimulator openOn(int port) {
    GoogleSimulator google = new GoogleSimulator(port);
    google.start();
    return google;
  }

  /** Begins anew: one calendar without entries. */
  public synchronized void reset(String primary) {
    recover();
    calendars.clear();
    add(primary, primary, "owner");
  }

  private record Calendar(String name, String role, Map<String, ObjectNode> events) {}

  /** Adds a calendar; roles are {@code owner}, {@code writer}, {@code reader} and {@code freeBusyReader}. */
  public synchronized void add(String id, String name, String role) {
    calendars.put(id, new Calendar(name, role, new LinkedHashMap<>()));
  }

  /** A calendar is not there any more. */
  public synchronized void drop(String id) {
    calendars.remove(id);
  }

  /** Gives the user another role in a calendar; what stands there stays. */
  public synchronized void role(String id, String role) {
    Calendar found = calendars.get(id);
    if (found == null) {
      throw new IllegalArgumentException(id);
    }
    calendars.put(id, new Calendar(found.name(), role, found.events()));
  }

  /** Puts somebody else's entry into a calendar. */
  public synchronized void occupy(String calendar, Instant from, Instant to) {
    ObjectNode event = JSON.createObjectNode().put("status", "confirmed");
    event.putObject("start").put("dateTime", from.toString());
    event.putObject("end").put("dateTime", to.toString());
    Calendar found = calendars.get(calendar);
    if (found == null) {
      throw new IllegalArgumentException(calendar);
    }
    found.events().put("outside" + found.events().size(), event);
  }

  /** The entries of a calendar that are not deleted, without those that were put in from outside. */
  public synchronized List<JsonNode> written(String calendar) {
    List<JsonNode> written = new ArrayList<>();
    Calendar found = calendars.get(calendar);
    if (found != null) {
      found
          .events()
          .forEach(
              (id, event) -> {
                if (!id.startsWith("outside") && !deleted(event)) {
                  written.add(event.deepCopy());
                }
              });
    }
    return written;
  }

  private static boolean deleted(JsonNode event) {
    return event.path("status").asText().equals("cancelled");
  }

  @Override
  protected String authorizePath() {
    return "/o/oauth2/v2/auth";
  }

  @Override
  protected String tokenPath() {
    return "/token";
  }

  @Override
  protected String revokePath() {
    return "/revoke";
  }

  @Override
  protected boolean lasting(Map<String, String> question) {
    return "offline".equals(question.get("access_type"))
        && "consent".equals(question.get("prompt"));
  }

  @Override
  protected synchronized Reply api(Request request, String scope) {
    if (!request.path().startsWith(API)) {
      return error(404, "notFound", "Not Found");
    }
    String[] parts = request.parts(API);
    String method = request.method();
    if (parts.length >= 3 && parts[0].equals("users") && parts[2].equals("calendarList")) {
      return allowed(scope, "calendarlist.readonly")
          ? list(parts)
          : error(403, "insufficientPermissions", "Request had insufficient scopes");
    }
    if (parts.length == 1 && parts[0].equals("freeBusy") && method.equals("POST")) {
      return allowed(scope, "freebusy")
          ? busy(request.json())
          : error(403, "insufficientPermissions", "Request had insufficient scopes");
    }
    if (parts.length >= 3 && parts[0].equals("calendars") && parts[2].equals("events")) {
      return allowed(scope, "events")
          ? events(request, parts)
          : error(403, "insufficientPermissions", "Request had insufficient scopes");
    }
    return error(404, "notFound", "Not Found");
  }

  private static boolean allowed(String scope, String part) {
    return Set.of(scope.split(" ")).contains(SCOPES + part);
  }

  private Reply list(String[] parts) {
    if (parts.length == 4) {
      return parts[3].equals("primary")
          ? Reply.of(200, entry(calendars.entrySet().iterator().next()))
          : error(404, "notFound", "Not Found");
    }
    ObjectNode answer = JSON.createObjectNode().put("kind", "calendar#calendarList");
    ArrayNode items = answer.putArray("items");
    calendars.entrySet().forEach(one -> items.add(entry(one)));
    return Reply.of(200, answer);
  }

  private ObjectNode entry(Map.Entry<String, Calendar> calendar) {
    ObjectNode entry =
        JSON.createObjectNode()
            .put("id", calendar.getKey())
            .put("summary", calendar.getValue().name())
            .put("accessRole", calendar.getValue().role());
    if (calendar.getKey().equals(calendars.keySet().iterator().next())) {
      entry.put("primary", true);
    }
    return entry;
  }

  private Reply busy(JsonNode question) {
    Instant from = time(question.path("timeMin"));
    Instant to = time(question.path("timeMax"));
    JsonNode items = question.path("items");
    if (from == null || to == null || !from.isBefore(to) || items.isEmpty() || items.size() > 50) {
      offence("free and busy " + question);
      return error(400, "invalid", "Bad Request");
    }
    if (Duration.between(from, to).compareTo(LONGEST_QUESTION) > 0) {
      offence("free and busy over " + Duration.between(from, to));
      return error(400, "timeRangeTooLong", "The requested time range is too long.");
    }
    ObjectNode answer = JSON.createObjectNode().put("kind", "calendar#freeBusy");
    ObjectNode told = answer.putObject("calendars");
    for (JsonNode item : items) {
      String id = item.path("id").asText();
      Calendar calendar = calendars.get(id);
      if (calendar == null) {
        told.putObject(id)
            .putArray("errors")
            .addObject()
            .put("domain", "global")
            .put("reason", "notFound");
        continue;
      }
      ArrayNode busy = told.putObject(id).putArray("busy");
      for (ObjectNode event : calendar.events().values()) {
        Instant start = time(event.path("start").path("dateTime"));
        Instant end = time(event.path("end").path("dateTime"));
        if (start != null
            && end != null
            && !deleted(event)
            && start.isBefore(to)
            && end.isAfter(from)) {
          busy.addObject().put("start", start.toString()).put("end", end.toString());
        }
      }
    }
    return Reply.of(200, answer);
  }

  private static @Nullable Instant time(JsonNode text) {
    try {
      return OffsetDateTime.parse(text.asText()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Reply events(Request request, String[] parts) {
    Calendar calendar = calendars.get(parts[1]);
    if (calendar == null) {
      return error(404, "notFound", "Not Found");
    }
    if (!Set.of("owner", "writer").contains(calendar.role())) {
      offence("writes to a calendar that can only be read");
      return error(403, "requiredAccessLevel", "You need to have writer access to this calendar.");
    }
    return switch (request.method() + parts.length) {
      case "POST3" -> insert(calendar, request.json());
      case "PATCH4" -> patch(calendar, parts[3], request.json());
      case "DELETE4" -> delete(calendar, parts[3]);
      default -> error(404, "notFound", "Not Found");
    };
  }

  private Reply insert(Calendar calendar, JsonNode given) {
    String id = given.path("id").asText("made" + calendar.events().size());
    Reply wrong = wrong(given);
    if (wrong != null) {
      return wrong;
    }
    if (!id.matches("[a-v0-9]{5,1024}")) {
      offence("an id of an event that is not base32hex: " + id);
      return error(400, "invalid", "Invalid resource id value.");
    }
    if (calendar.events().containsKey(id)) {
      return error(409, "duplicate", "The requested identifier already exists.");
    }
    ObjectNode event = given.deepCopy();
    event.put("id", id);
    calendar.events().put(id, event);
    return Reply.of(200, event);
  }

  private @Nullable Reply wrong(JsonNode given) {
    List<String> unknown = new ArrayList<>();
    given.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    Instant start = time(given.path("start").path("dateTime"));
    Instant end = time(given.path("end").path("dateTime"));
    if (!unknown.isEmpty() || start == null || end == null || !start.isBefore(end)) {
      offence("an event with " + given);
      return error(400, "invalid", "Bad Request");
    }
    return null;
  }

  /** Also brings back what was deleted, when it is said to be confirmed. */
  private Reply patch(Calendar calendar, String id, JsonNode given) {
    ObjectNode event = calendar.events().get(id);
    if (event == null) {
      return error(404, "notFound", "Not Found");
    }
    Reply wrong = wrong(given);
    if (wrong != null) {
      return wrong;
    }
    event.setAll((ObjectNode) given);
    return Reply.of(200, event);
  }

  private Reply delete(Calendar calendar, String id) {
    ObjectNode event = calendar.events().get(id);
    if (event == null) {
      return error(404, "notFound", "Not Found");
    }
    if (deleted(event)) {
      return error(410, "deleted", "Resource has been deleted");
    }
    event.put("status", "cancelled");
    return Reply.empty(204);
  }

  @Override
  protected Reply error(int status, String code, String message) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode error = answer.putObject("error").put("code", status).put("message", message);
    error.putArray("errors").addObject().put("domain", "global").put("reason", code);
    return Reply.of(status, answer);
  }
}
