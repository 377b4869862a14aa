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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Meta, as far as lead ads go: gives out leads to whoever has the access token of the page, and writes and signs the
 * deliveries that tell of them. Strict about version, fields and token.
 */
public final class MetaSimulator implements AutoCloseable {

  /** The access token of the page. */
  public static final String PAGE_TOKEN = "EAAsimulatedPageToken";

  /** What deliveries are signed with. */
  public static final String APP_SECRET = "meta_app_secret_demo";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "/v21.0/";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, ObjectNode> leads = new HashMap<>();
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
    ObjectNode made =
        JSON.createObjectNode()
            .put("id", lead)
            .put("created_time", "2026-01-15T10:00:00+0000")
            .put("ad_id", "2384")
            .put("form_id", "5551")
            .put("platform", platform);
    ArrayNode data = made.putArray("field_data");
    answers.forEach(
        (name, value) -> data.addObject().put("name", name).putArray("values").add(value));
    leads.put(lead, made);
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
    if (!query.getOrDefault("fields", "").contains("field_data")) {
      offences.add("fields " + query.get("fields"));
      return error(400, 100, "Tried accessing nonexisting field");
    }
    ObjectNode lead = leads.get(path.substring(VERSION.length()));
    return lead == null ? error(400, 100, "Object with ID does not exist") : Reply.of(200, lead);
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
