package io.leadloom.simulators.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Receives webhooks on a port of its own. It is strict: a request without a delivery key, a wrong signature (when it was
 * given a secret) or a known key with another body is answered 400 and remembered as an offence. Everything else is met
 * with the behaviour that was ordered, in order; when none is left, with 200.
 */
public final class WebhookReceiver implements AutoCloseable {

  static {
    // Without it the JDK's server holds each answer back for 40 ms (Nagle's algorithm against
    // delayed acknowledgement).
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private static final int LONGEST_REQUEST = 4 * 1024 * 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final @Nullable String secret;
  private final List<Received> received = new ArrayList<>();
  private final Map<String, String> bodies = new HashMap<>();
  private final List<String> offences = new ArrayList<>();
  private final Map<String, Deque<Behaviour>> ordered = new HashMap<>();
  private final Map<String, Behaviour> always = new HashMap<>();
  private int underWay;
  private int mostUnderWay;

  private WebhookReceiver(@Nullable String secret, int port) {
    this.secret = secret;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
    } catch (IOException e) {
      throw new IllegalStateException("The receiver cannot listen on port " + port, e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Starts a receiver that takes signed and unsigned requests, on a free port. */
  public static WebhookReceiver start() {
    return new WebhookReceiver(null, 0);
  }

  /** Starts a receiver that insists on signatures with this secret, on a free port. */
  public static WebhookReceiver startSigned(String secret) {
    return new WebhookReceiver(secret, 0);
  }

  /** Starts a receiver on a port of choice. */
  public static WebhookReceiver startOn(int port) {
    return new WebhookReceiver(null, port);
  }

  /** The address of a path of this receiver. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Orders how the next requests to a path are met. */
  public synchronized void next(String path, Behaviour... behaviours) {
    ordered.computeIfAbsent(path, name -> new ArrayDeque<>()).addAll(Arrays.asList(behaviours));
  }

  /** Orders how all requests to a path are met that have no order of their own. */
  public synchronized void always(String path, Behaviour behaviour) {
    always.put(path, behaviour);
  }

  /** What has come in, in order. */
  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  /** What has come in on a path, in order. */
  public synchronized List<Received> received(String path) {
    return received.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** What was wrong with requests; empty when nothing was. */
  public synchronized List<String> offences() {
    return List.copyOf(offences);
  }

  /** The most requests that were under way at the same time. */
  public synchronized int mostUnderWay() {
    return mostUnderWay;
  }

  private void handle(HttpExchange exchange) throws IOException {
    synchronized (this) {
      underWay++;
      mostUnderWay = Math.max(mostUnderWay, underWay);
    }
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST_REQUEST);
      meet(exchange, take(exchange, body));
    } finally {
      synchronized (this) {
        underWay--;
      }
    }
  }

  private synchronized Behaviour take(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String path = exchange.getRequestURI().toString();
    String key = headers.getOrDefault("leadloom-delivery", "");
    String text = new String(body, StandardCharsets.UTF_8);
    received.add(new Received(path, key, headers, text, Instant.now()));
    String offence = offence(exchange.getRequestMethod(), key, text, headers, body);
    if (offence != null) {
      offences.add(path + " " + key + ": " + offence);
      return Behaviour.answer(400, "{\"error\": \"" + offence + "\"}");
    }
    Deque<Behaviour> orders = ordered.get(path);
    Behaviour order = orders == null ? null : orders.poll();
    if (order != null) {
      return order;
    }
    return always.getOrDefault(path, Behaviour.accept());
  }

  private @Nullable String offence(
      String method, String key, String text, Map<String, String> headers, byte[] body) {
    if (!method.equals("POST")) {
      return "not a POST";
    }
    if (key.isEmpty()) {
      return "no delivery key";
    }
    String before = bodies.putIfAbsent(key, text);
    if (before != null && !before.equals(text)) {
      return "the same key with two different bodies";
    }
    return secret == null
        ? null
        : Signature.problem(headers.get("leadloom-signature"), body, secret, Instant.now());
  }

  private void meet(HttpExchange exchange, Behaviour behaviour) throws IOException {
    if (behaviour instanceof Behaviour.Answer answer) {
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      answer(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
    } else if (behaviour instanceof Behaviour.Slow slow) {
      rest(slow.delay().toMillis());
      answer(exchange, 200, "{\"ok\": true}".getBytes(StandardCharsets.UTF_8));
    } else if (behaviour instanceof Behaviour.Drip drip) {
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      for (int i = 0; i < 100_000 && !rest(drip.perByte().toMillis()); i++) {
        out.write(' ');
        out.flush();
      }
    } else if (behaviour instanceof Behaviour.Huge huge) {
      exchange.sendResponseHeaders(200, huge.bytes());
      OutputStream out = exchange.getResponseBody();
      byte[] block = "a".repeat(8192).getBytes(StandardCharsets.UTF_8);
      out.write('"');
      for (long left = huge.bytes() - 2; left > 0; left -= block.length) {
        out.write(block, 0, (int) Math.min(left, block.length));
      }
      out.write('"');
    }
    // Reset: the connection closes with the exchange.
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Waits; returns true when the receiver closes meanwhile. */
  private boolean rest(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
