package io.leadloom.simulators.microsoft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.simulators.consent.ConsentServer;
import io.leadloom.simulators.consent.Reply;
import io.leadloom.simulators.consent.Request;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Microsoft Graph's calendars on their real paths: the list of calendars, their views, entries. */
public final class MicrosoftSimulator extends ConsentServer {

  private static final String API = "/v1.0/me";
  private static final int PAGE = 2;
  private static final int MOST_TOGETHER = 20;
  private static final Set<String> FIELDS =
      Set.of(
          "subject",
          "showAs",
          "body",
          "location",
          "start",
          "end",
          "transactionId",
          "singleValueExtendedProperties");
  private static final Pattern MARKED =
      Pattern.compile(
          "singleValueExtendedProperties/any\\(ep: ep/id eq '(String \\{[0-9a-f-]{36}\\} Name [a-z]+)'"
              + " and ep/value eq '([^']*)'\\)");

  private final Map<String, Calendar> calendars = new LinkedHashMap<>();
  private final Set<String> transactions = new HashSet<>();
  private final Set<String> throttled = new HashSet<>();
  private int number;

  private MicrosoftSimulator() {
    super(0);
    add("AQMkAD/standard+1=", "Calendar", true);
  }

  /** Starts one on a free port, whose user has a calendar. */
  public static MicrosoftSimulator open() {
    MicrosoftSimulator microsoft = new MicrosoftSimulator();
    microsoft.start();
    return microsoft;
  }

  /** Begins anew: one calendar without entries. */
  public synchronized void reset(String standard) {
    recover();
    throttled.clear();
    calendars.clear();
    add(standard, "Calendar", true);
  }

  private record Calendar(String name, boolean canEdit, Map<String, ObjectNode> events) {}

  /** Adds a calendar. */
  public synchronized void add(String id, String name, boolean canEdit) {
    calendars.put(id, new Calendar(name, canEdit, new LinkedHashMap<>()));
  }

  /** Puts somebody else's entry into a calendar. */
  public synchronized void occupy(String calendar, Instant from, Instant to, String showAs) {
    Calendar found = calendars.get(calendar);
    if (found == null) {
      throw new IllegalArgumentException(calendar);
    }
    String id = "outside" + ++number;
    ObjectNode event = JSON.createObjectNode().put("id", id).put("showAs", showAs);
    event.set("start", time(from));
    event.set("end", time(to));
    found.events().put(id, event);
  }

  /** Puts somebody else's entry of whole days into a calendar; like Graph it knows the days and no zone. */
  public synchronized void occupyDays(
      String calendar, LocalDate first, LocalDate after, String showAs) {
    Calendar found = calendars.get(calendar);
    if (found == null) {
      throw new IllegalArgumentException(calendar);
    }
    String id = "outside" + ++number;
    ObjectNode event =
        JSON.createObjectNode().put("id", id).put("showAs", showAs).put("isAllDay", true);
    event.set("start", time(first.atStartOfDay().toInstant(ZoneOffset.UTC)));
    event.set("end", time(after.atStartOfDay().toInstant(ZoneOffset.UTC)));
    found.events().put(id, event);
  }

  /** The entries of a calendar without those that were put in from outside. */
  public synchronized List<JsonNode> written(String calendar) {
    List<JsonNode> written = new ArrayList<>();
    Calendar found = calendars.get(calendar);
    if (found != null) {
      found
          .events()
          .forEach(
              (id, event) -> {
                if (!id.startsWith("outside")) {
                  written.add(event.deepCopy());
                }
              });
    }
    return written;
  }

  private static ObjectNode time(Instant moment) {
    return JSON.createObjectNode()
        .put("dateTime", LocalDateTime.ofInstant(moment, ZoneOffset.UTC) + ":00.0000000")
        .put("timeZone", "UTC");
  }

  @Override
  protected String authorizePath() {
    return "/common/oauth2/v2.0/authorize";
  }

  @Override
  protected String tokenPath() {
    return "/common/oauth2/v2.0/token";
  }

  @Override
  protected boolean lasting(Map<String, String> question) {
    return Set.of(question.getOrDefault("scope", "").split(" ")).contains("offline_access");
  }

  @Override
  protected synchronized Reply api(Request request, String scope) {
    if (!Set.of(scope.split(" ")).contains("Calendars.ReadWrite")) {
      return error(403, "ErrorAccessDenied", "Access is denied.");
    }
    if (request.path().equals("/v1.0/$batch") && request.method().equals("POST")) {
      return batch(request, scope);
    }
    if (!request.path().startsWith(API)) {
      return error(404, "ResourceNotFound", "No such path");
    }
    if (request.path().equals(API)) {
      return Reply.of(200, "{\"mail\":null,\"userPrincipalName\":\"user@outlook.example\"}");
    }
    String[] parts = request.parts(API + "/");
    String shape =
        request.method()
            + " "
            + parts[0]
            + (parts.length > 2 ? " " + parts[2] : " " + parts.length);
    return switch (shape) {
      case "GET calendars 1" -> list();
      case "GET calendars calendarView" -> view(request, parts[1]);
      case "GET calendars events" -> find(request, parts[1]);
      case "POST calendars events" -> insert(parts[1], request.json());
      case "PATCH calendars events" -> patch(calendars.get(parts[1]), parts, request.json());
      case "DELETE calendars events" -> delete(calendars.get(parts[1]), parts);
      default -> error(404, "ResourceNotFound", "No such path");
    };
  }

  /** Questions that are sent together, twenty at most, with addresses behind the version. */
  private Reply batch(Request request, String scope) {
    JsonNode questions = request.json().path("requests");
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode responses = answer.putArray("responses");
    Set<String> ids = new HashSet<>();
    if (questions.isEmpty() || questions.size() > MOST_TOGETHER) {
      offence("a batch of " + questions.size());
      return error(400, "BadRequest", "Number of batch request steps exceeds the maximum of 20.");
    }
    // They come back in any order.
    for (int n = questions.size() - 1; n >= 0; n--) {
      JsonNode one = questions.get(n);
      String id = one.path("id").asText();
      String url = one.path("url").asText();
      if (id.isEmpty() || !ids.add(id) || !url.startsWith("/me/")) {
        offence("a part of a batch " + one);
        return error(400, "BadRequest", "A part of the batch is not understood.");
      }
      Map<String, String> headers = new HashMap<>();
      one.path("headers")
          .fields()
          .forEachRemaining(
              header ->
                  headers.put(
                      header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
      Request part =
          Request.of(
              one.path("method").asText(),
              URI.create("/v1.0" + url),
              headers,
              one.path("body").toString());
      Reply reply = slow(part) ? error(429, "ApplicationThrottled", "Too many") : api(part, scope);
      ObjectNode response = responses.addObject().put("id", id).put("status", reply.status());
      response.set("body", new Request("", "", Map.of(), Map.of(), reply.body()).json());
    }
    return Reply.of(200, answer);
  }

  private boolean slow(Request request) {
    return throttled.stream().anyMatch(id -> request.parts(API + "/")[1].equals(id));
  }

  /** Questions about this calendar are refused for a while, within batches only, as Outlook does. */
  public synchronized void throttle(String calendar) {
    throttled.add(calendar);
  }

  private Reply list() {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode value = answer.putArray("value");
    calendars.forEach(
        (id, calendar) ->
            value
                .addObject()
                .put("id", id)
                .put("name", calendar.name())
                .put("canEdit", calendar.canEdit())
                .put("isDefaultCalendar", value.size() == 1));
    return Reply.of(200, answer);
  }

  /** Pages are short, so that readers have to follow their links. */
  private Reply view(Request request, String id) {
    Calendar calendar = calendars.get(id);
    if (calendar == null) {
      return error(404, "ErrorItemNotFound", "The specified object was not found.");
    }
    Instant from = moment(request.query().get("startDateTime"));
    Instant to = moment(request.query().get("endDateTime"));
    if (from == null || to == null || !from.isBefore(to)) {
      offence("a view from " + from + " to " + to);
      return error(400, "ErrorInvalidParameter", "startDateTime and endDateTime are needed.");
    }
    if (!request.header("prefer").contains("outlook.timezone=\"UTC\"")) {
      offence("a view without a time zone");
    }
    List<ObjectNode> found =
        calendar.events().values().stream()
            .filter(event -> start(event).isBefore(to) && end(event).isAfter(from))
            .toList();
    int skip = Integer.parseInt(request.query().getOrDefault("$skip", "0"));
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode value = answer.putArray("value");
    List<String> fields = List.of(request.query().getOrDefault("$select", "").split(","));
    found.stream()
        .skip(skip)
        .limit(PAGE)
        .forEach(event -> value.add(event.deepCopy().retain(fields)));
    if (found.size() > skip + PAGE) {
      answer.put(
          "@odata.nextLink",
          url(request.path())
              + "?startDateTime="
              + from
              + "&endDateTime="
              + to
              + "&$select="
              + String.join(",", fields)
              + "&$skip="
              + (skip + PAGE));
    }
    return Reply.of(200, answer);
  }

  private static @Nullable Instant moment(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant start(JsonNode event) {
    return LocalDateTime.parse(event.path("start").path("dateTime").asText())
        .toInstant(ZoneOffset.UTC);
  }

  private static Instant end(JsonNode event) {
    return LocalDateTime.parse(event.path("end").path("dateTime").asText())
        .toInstant(ZoneOffset.UTC);
  }

  private Reply find(Request request, String id) {
    Calendar calendar = calendars.get(id);
    Matcher filter = MARKED.matcher(request.query().getOrDefault("$filter", ""));
    if (calendar == null) {
      return error(404, "ErrorItemNotFound", "The specified object was not found.");
    }
    if (!filter.matches()) {
      offence("a filter " + request.query().get("$filter"));
      return error(400, "ErrorInvalidUrlQueryFilter", "The filter is not understood.");
    }
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode value = answer.putArray("value");
    for (ObjectNode event : calendar.events().values()) {
      JsonNode property = event.path("singleValueExtendedProperties").path(0);
      if (property.path("id").asText().equals(filter.group(1))
          && property.path("value").asText().equals(filter.group(2))) {
        value.addObject().put("id", event.path("id").asText());
      }
    }
    return Reply.of(200, answer);
  }

  private Reply insert(String id, JsonNode given) {
    Calendar calendar = calendars.get(id);
    if (calendar == null) {
      return error(404, "ErrorItemNotFound", "The specified object was not found.");
    }
    if (!calendar.canEdit()) {
      offence("writes to a calendar that can only be read");
      return error(403, "ErrorAccessDenied", "Access is denied.");
    }
    Reply wrong = wrong(given);
    if (wrong != null) {
      return wrong;
    }
    String transaction = given.path("transactionId").asText("");
    if (!transaction.isEmpty() && !transactions.add(transaction)) {
      return error(409, "ErrorDuplicateTransactionId", "The transaction id was used before.");
    }
    String event = "AAMkAG/" + ++number + "+a=";
    ObjectNode made = given.deepCopy();
    made.put("id", event);
    calendar.events().put(event, made);
    return Reply.of(201, made);
  }

  private @Nullable Reply wrong(JsonNode given) {
    List<String> unknown = new ArrayList<>();
    given.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(FIELDS);
    try {
      if (unknown.isEmpty()
          && given.path("start").path("timeZone").asText().equals("UTC")
          && start(given).isBefore(end(given))) {
        return null;
      }
    } catch (DateTimeException e) {
      offence("a time that is none");
    }
    offence("an event with " + given);
    return error(400, "RequestBodyRead", "The event is not understood.");
  }

  /** Entries of shared calendars are found under their calendar only. */
  private Reply patch(@Nullable Calendar calendar, String[] parts, JsonNode given) {
    ObjectNode event =
        calendar == null || parts.length != 4 ? null : calendar.events().get(parts[3]);
    if (event == null) {
      return error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
    }
    Reply wrong = wrong(given);
    if (wrong != null) {
      return wrong;
    }
    event.setAll((ObjectNode) given);
    return Reply.of(200, event);
  }

  private Reply delete(@Nullable Calendar calendar, String[] parts) {
    boolean gone =
        calendar != null && parts.length == 4 && calendar.events().remove(parts[3]) != null;
    return gone
        ? Reply.empty(204)
        : error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }

  @Override
  protected Reply error(int status, String code, String message) {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("error").put("code", code).put("message", message);
    return Reply.of(status, answer);
  }
}
