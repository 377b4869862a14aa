package io.leadloom.simulators.consent;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A provider that asks users for their consent by the code flow of OAuth 2: strict about client, secret, redirect address,
 * PKCE and single use of codes. Users consent at once. What it offers behind its tokens is a matter of the class below.
 */
public abstract class ConsentServer implements AutoCloseable {

  protected static final ObjectMapper JSON = new ObjectMapper();

  /** The client that the provider knows. */
  public static final String CLIENT = "leadloom-client.example";

  /** Its secret. */
  public static final String SECRET = "simulated-client-secret";

  private static final int LONGEST_REQUEST = 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> redirects = new HashSet<>();
  private final Map<String, Asked> codes = new HashMap<>();
  private final Map<String, Grant> access = new HashMap<>();
  private final Map<String, Grant> refresh = new HashMap<>();
  private final List<String> offences = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final Deque<Integer> failures = new ArrayDeque<>();
  private boolean refuses;
  private boolean losesAnswers;
  private final Hanging hanging = new Hanging();
  private int lifetime = 3_600;
  private int number;

  protected ConsentServer(int port) {
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    } catch (IOException e) {
      throw new IllegalStateException("The provider cannot listen", e);
    }
  }

  /** What a user was asked. */
  private record Asked(String redirect, String challenge, String scope, boolean lasting) {}

  /** What a user has allowed. */
  private static final class Grant {
    private final String scope;
    private boolean revoked;

    Grant(String scope) {
      this.scope = scope;
    }
  }

  protected final void start() {
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The address of a path of this provider. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Where the browser is sent. */
  protected abstract String authorizePath();

  /** Where codes and tokens are swapped. */
  protected abstract String tokenPath();

  /** Whether the question asks for access that lasts, as this provider wants to be asked. */
  protected abstract boolean lasting(Map<String, String> question);

  /** Whether a client proves itself by Basic authentication, and not in the form. */
  protected boolean basic() {
    return false;
  }

  /** Answers a call with a token that is good. */
  protected abstract Reply api(Request request, String scope);

  /** Where consents are taken back; empty where this provider has no such place. */
  protected String revokePath() {
    return "";
  }

  /** How errors look. */
  protected abstract Reply error(int status, String code, String message);

  /** Where browsers may be sent back to. */
  public synchronized void allowRedirect(String address) {
    redirects.add(address);
  }

  /** What was wrong with requests; empty when nothing was. */
  public synchronized List<String> offences() {
    return List.copyOf(offences);
  }

  /** The calls that came in, as method and path, without those that swap tokens. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The next calls are answered with these errors. */
  public synchronized void fail(Integer... statuses) {
    failures.addAll(Arrays.asList(statuses));
  }

  /** Whether all calls are answered 503 from now on. */
  public synchronized void down(boolean down) {
    refuses = down;
  }

  /** From now on requests are accepted and not answered, once so many more were, until {@link #hangNoMore}. */
  public void hang(int after) {
    hanging.begin(after);
  }

  /** What waits ends without an answer, and what comes is answered again. */
  public void hangNoMore() {
    hanging.end();
  }

  /** How many consents stand. */
  public synchronized long standing() {
    return refresh.values().stream().filter(grant -> !grant.revoked).distinct().count();
  }

  /** The next change is made and its answer lost. */
  public synchronized void loseNextAnswer() {
    losesAnswers = true;
  }

  /** All access tokens end; those for refreshing are good. */
  public synchronized void expireAccess() {
    access.clear();
  }

  /** The user takes the consent back. */
  public synchronized void revokeAll() {
    access.clear();
    refresh.values().forEach(grant -> grant.revoked = true);
  }

  /** How many seconds access tokens last from now on. */
  public synchronized void lifetime(int seconds) {
    lifetime = seconds;
  }

  /** Forgets offences and ordered failures. */
  public synchronized void recover() {
    hanging.end();
    offences.clear();
    calls.clear();
    failures.clear();
    refuses = false;
    losesAnswers = false;
    lifetime = 3_600;
  }

  protected synchronized void offence(String what) {
    offences.add(what);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      String body =
          new String(exchange.getRequestBody().readNBytes(LONGEST_REQUEST), StandardCharsets.UTF_8);
      Request request =
          Request.of(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
      if (!request.path().equals(authorizePath()) && hanging.takes()) {
        called(request);
        hanging.await();
        return;
      }
      Reply reply = answer(request);
      if (reply == null) {
        return;
      }
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private synchronized void called(Request request) {
    calls.add(request.method() + " " + request.path());
  }

  /** The answer; null for none at all. */
  private synchronized @Nullable Reply answer(Request request) {
    if (request.path().equals(authorizePath())) {
      return ask(request);
    }
    if (request.path().equals(tokenPath())) {
      return swap(request);
    }
    called(request);
    if (refuses) {
      return error(503, "unavailable", "Down");
    }
    Integer failure = failures.poll();
    if (failure != null) {
      return error(failure, "ordered", "Ordered by the test");
    }
    if (!revokePath().isEmpty() && request.path().equals(revokePath())) {
      return revoke(request);
    }
    String header = request.header("authorization");
    Grant grant = header.startsWith("Bearer ") ? access.get(header.substring(7)) : null;
    if (grant == null || grant.revoked) {
      return error(401, "InvalidAuthenticationToken", "Invalid Credentials");
    }
    Reply reply = api(request, grant.scope);
    if (losesAnswers && !request.method().equals("GET") && !request.path().endsWith("/freeBusy")) {
      losesAnswers = false;
      return null;
    }
    return reply;
  }

  private Reply ask(Request request) {
    Map<String, String> query = request.query();
    String redirect = query.getOrDefault("redirect_uri", "");
    String challenge = query.getOrDefault("code_challenge", "");
    if (!CLIENT.equals(query.get("client_id"))
        || !redirects.contains(redirect)
        || !"code".equals(query.get("response_type"))
        || !"S256".equals(query.get("code_challenge_method"))
        || challenge.length() != 43
        || query.getOrDefault("state", "").length() < 20
        || query.getOrDefault("scope", "").isEmpty()) {
      offences.add("question " + query);
      return Reply.of(400, "{\"error\":\"invalid_request\"}");
    }
    String code = "code-" + ++number;
    codes.put(
        code, new Asked(redirect, challenge, query.getOrDefault("scope", ""), lasting(query)));
    String back =
        redirect
            + "?code="
            + code
            + "&state="
            + URLEncoder.encode(query.getOrDefault("state", ""), StandardCharsets.UTF_8);
    return new Reply(302, "", Map.of("Location", back));
  }

  private Reply swap(Request request) {
    Map<String, String> form = Request.form(request.body());
    if (!request.method().equals("POST")
        || !request.header("content-type").startsWith("application/x-www-form-urlencoded")) {
      offences.add("token request that is no form");
      return Reply.of(400, "{\"error\":\"invalid_request\"}");
    }
    if (!known(request, form)) {
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    if ("authorization_code".equals(form.get("grant_type"))) {
      Asked asked = codes.remove(form.getOrDefault("code", ""));
      if (asked == null
          || !asked.redirect().equals(form.get("redirect_uri"))
          || !asked.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
        offences.add("code that is not good");
        return Reply.of(400, "{\"error\":\"invalid_grant\"}");
      }
      Grant grant = new Grant(asked.scope());
      String next = asked.lasting() ? "refresh-" + ++number : null;
      if (next != null) {
        refresh.put(next, grant);
      }
      return tokens(grant, next);
    }
    if ("refresh_token".equals(form.get("grant_type"))) {
      Grant grant = refresh.get(form.getOrDefault("refresh_token", ""));
      return grant == null || grant.revoked
          ? Reply.of(400, "{\"error\":\"invalid_grant\"}")
          : tokens(grant, null);
    }
    offences.add("grant type " + form.get("grant_type"));
    return Reply.of(400, "{\"error\":\"unsupported_grant_type\"}");
  }

  /** A consent ends with all its tokens; providers with Basic clients take access tokens only. */
  private Reply revoke(Request request) {
    Map<String, String> form = Request.form(request.body());
    String token = form.getOrDefault("token", "");
    if (!request.method().equals("POST")
        || !request.header("content-type").startsWith("application/x-www-form-urlencoded")
        || token.isEmpty()
        || !Set.of("token").containsAll(form.keySet())) {
      offences.add("end of a consent that is no form with a token");
      return Reply.of(400, "{\"error\":\"invalid_request\"}");
    }
    if (basic() ? !known(request, form) : !request.header("authorization").isEmpty()) {
      offences.add("end of a consent by a client that is not known");
      return Reply.of(401, "{\"error\":\"invalid_client\"}");
    }
    Grant grant = access.get(token);
    if (grant == null && !basic()) {
      grant = refresh.get(token);
    }
    if (grant == null || grant.revoked) {
      return Reply.of(400, "{\"error\":\"invalid_token\"}");
    }
    grant.revoked = true;
    return Reply.of(200, "{\"status\":\"success\"}");
  }

  private boolean known(Request request, Map<String, String> form) {
    if (basic()) {
      String pair =
          URLEncoder.encode(CLIENT, StandardCharsets.UTF_8)
              + ":"
              + URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
      return request
          .header("authorization")
          .equals(
              "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    return CLIENT.equals(form.get("client_id")) && SECRET.equals(form.get("client_secret"));
  }

  private Reply tokens(Grant grant, @Nullable String next) {
    String token = "access-" + ++number;
    access.put(token, grant);
    ObjectNode answer =
        JSON.createObjectNode()
            .put("access_token", token)
            .put("token_type", "Bearer")
            .put("expires_in", lifetime)
            .put("scope", grant.scope);
    if (next != null) {
      answer.put("refresh_token", next);
    }
    return Reply.of(200, answer);
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
