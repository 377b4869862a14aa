package io.leadloom.simulators.meta;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.leadloom.simulators.consent.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Meta, as far as lead ads go: gives out leads, the forms of pages and the leads of forms to whoever has the access token of
 * the page, and writes and signs the deliveries that tell of them. Strict about version, fields, filters and token.
 */
public final class MetaSimulator implements AutoCloseable {

  /** The access token of the page. */
  public static final String PAGE_TOKEN = "EAAsimulatedPageToken";

  /** What deliveries are signed with. */
  public static final String APP_SECRET = "meta_app_secret_demo";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "/v21.0/";
  private static final String USUAL_FORM = "5551";
  private static final Pattern FILTERING =
      Pattern.compile(
          "\\[\\{\"field\":\"time_created\",\"operator\":\"GREATER_THAN\",\"value\":(\\d+)}]");

  /** Meta may give out less than it is asked for at a time. */
  private static final int AT_A_TIME = 2;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, ObjectNode> leads = new HashMap<>();
  private final Map<String, List<String>> forms = new HashMap<>();
  private final List<String> offences = new ArrayList<>();
  private boolean down;
  private int calls;

  private MetaSimulator() {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new IllegalStateException("The provider cannot listen", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts one on a free port. */
  public static MetaSimulator open() {
    return new MetaSimulator();
  }

  /** The address of the Graph API. */
  public String api() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v21.0";
  }

  /** Somebody fills in the form of an ad. */
  public synchronized void fill(String lead, String platform, Map<String, String> answers) {
    fill(lead, platform, USUAL_FORM, Instant.parse("2026-01-15T10:00:00Z"), answers);
  }

  /** Somebody has filled in a form at some time. */
  public synchronized void fill(
      String lead, String platform, String form, Instant at, Map<String, String> answers) {
    ObjectNode made =
        JSON.createObjectNode()
            .put("id", lead)
            .put(
                "created_time", at.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", "+0000"))
            .put("ad_id", "2384")
            .put("form_id", form)
            .put("platform", platform);
    ArrayNode data = made.putArray("field_data");
    answers.forEach(
        (name, value) -> data.addObject().put("name", name).putArray("values").add(value));
    leads.put(lead, made);
  }

  /** A page has forms. */
  public synchronized void page(String page, String... itsForms) {
    forms.put(page, List.of(itsForms));
  }

  /** The body that tells of leads of a page. */
  public static String delivery(String page, String... told) {
    ObjectNode body = JSON.createObjectNode().put("object", "page");
    ObjectNode entry = body.putArray("entry").addObject().put("id", page).put("time", 1768471200);
    ArrayNode changes = entry.putArray("changes");
    for (String lead : told) {
      changes
          .addObject()
          .put("field", "leadgen")
          .putObject("value")
          .put("leadgen_id", lead)
          .put("page_id", page)
          .put("form_id", "5551")
          .put("created_time", 1768471200);
    }
    return body.toString();
  }

  /** What stands in the header of a delivery. */
  public static String signature(String body, String appSecret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256="
          + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether all calls are answered 503 from now on. */
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /** What was wrong with requests; empty when nothing was. */
  public synchronized List<String> offences() {
    return List.copyOf(offences);
  }

  /** How many calls have come in. */
  public synchronized int calls() {
    return calls;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = answer(exchange);
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private synchronized Reply answer(HttpExchange exchange) {
    calls++;
    if (down) {
      return error(503, 2, "Service temporarily unavailable");
    }
    String path = exchange.getRequestURI().getPath();
    if (!exchange.getRequestMethod().equals("GET") || !path.startsWith(VERSION)) {
      offences.add(exchange.getRequestMethod() + " " + path);
      return error(400, 2500, "Unknown path components");
    }
    Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
    if (!PAGE_TOKEN.equals(query.get("access_token"))) {
      return error(400, 190, "Invalid OAuth access token");
    }
    String what = path.substring(VERSION.length());
    if (what.endsWith("/leadgen_forms")) {
      List<String> some = forms.get(what.substring(0, what.indexOf('/')));
      return some == null
          ? error(400, 100, "Object with ID does not exist")
          : listed(
              some.stream().map(form -> JSON.createObjectNode().put("id", form)).toList(), query);
    }
    if (!query.getOrDefault("fields", "").contains("field_data")) {
      offences.add("fields " + query.get("fields"));
      return error(400, 100, "Tried accessing nonexisting field");
    }
    if (what.endsWith("/leads")) {
      return ofForm(what.substring(0, what.indexOf('/')), query);
    }
    ObjectNode lead = leads.get(what);
    return lead == null ? error(400, 100, "Object with ID does not exist") : Reply.of(200, lead);
  }

  private Reply ofForm(String form, Map<String, String> query) {
    Matcher filtering = FILTERING.matcher(query.getOrDefault("filtering", ""));
    if (!filtering.matches()) {
      offences.add("filtering " + query.get("filtering"));
      return error(400, 100, "Invalid filtering");
    }
    if (forms.values().stream().noneMatch(some -> some.contains(form))) {
      return error(400, 100, "Object with ID does not exist");
    }
    long after = Long.parseLong(filtering.group(1));
    return listed(
        leads.values().stream()
            .filter(lead -> lead.path("form_id").asText().equals(form))
            .filter(
                lead ->
                    Instant.parse(lead.path("created_time").asText().replace("+0000", "Z"))
                            .getEpochSecond()
                        > after)
            .sorted(Comparator.comparing(lead -> lead.path("id").asText()))
            .toList(),
        query);
  }

  /** A list of the Graph API: cursors are there always, the address of the next page only when there is one. */
  private Reply listed(List<ObjectNode> all, Map<String, String> query) {
    String cursor = query.getOrDefault("after", "");
    int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.replace("QVFI", ""));
    int to = Math.min(all.size(), from + AT_A_TIME);
    ObjectNode body = JSON.createObjectNode();
    body.putArray("data").addAll(all.subList(from, to));
    ObjectNode paging = body.putObject("paging");
    paging.putObject("cursors").put("before", "QVFI" + from).put("after", "QVFI" + to);
    if (to < all.size()) {
      paging.put("next", api() + "/next");
    }
    return Reply.of(200, body);
  }

  private static Map<String, String> query(@org.jspecify.annotations.Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : (raw == null ? "" : raw).split("&")) {
      String[] pair = part.split("=", 2);
      query.put(
          pair[0], pair.length == 2 ? URLDecoder.decode(pair[1], StandardCharsets.UTF_8) : "");
    }
    return query;
  }

  private static Reply error(int status, int code, String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", "OAuthException")
        .put("code", code)
        .put("fbtrace_id", "A1");
    return Reply.of(status, body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
