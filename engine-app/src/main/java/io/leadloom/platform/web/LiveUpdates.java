package io.leadloom.platform.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages what changed, so that they read it again. Changes of a moment are gathered; for a page that
 * takes its messages slowly they are gathered for longer, and it holds nobody else up. What other nodes do to records
 * comes from the journal; their runs and notices show in the heartbeat, at most 15 s later.
 */
@Component
public class LiveUpdates implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(LiveUpdates.class);
  private static final int MOST_CLIENTS = 500;
  private static final int MOST_IDS = 20;
  private static final long GATHERED_MILLIS = 300;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final long OPEN_MILLIS = TimeUnit.MINUTES.toMillis(30);

  /** What other nodes change all the time, and the journal does not tell. */
  private static final List<String> HEARTBEATS = List.of("run.changed", "notice.created");

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Map<String, Gathered> gathered = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "live-updates"));

  /** At most one thread for each page, and none that waits for another page. */
  private final ExecutorService sender =
      Executors.newCachedThreadPool(task -> thread(task, "live-sender"));

  LiveUpdates() {
    timer.scheduleWithFixedDelay(
        this::hand, GATHERED_MILLIS, GATHERED_MILLIS, TimeUnit.MILLISECONDS);
    timer.scheduleWithFixedDelay(
        () -> HEARTBEATS.forEach(type -> publish(type, null)),
        HEARTBEAT_SECONDS,
        HEARTBEAT_SECONDS,
        TimeUnit.SECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** A page that listens; what happens while it takes its last message waits for it. */
  private static final class Client {
    final SseEmitter emitter;
    private final Audience audience;
    private final Map<String, Gathered> waiting = new LinkedHashMap<>();
    private boolean busy;

    Client(SseEmitter emitter, Audience audience) {
      this.emitter = emitter;
      this.audience = audience;
    }

    /** Adds the changes that this page may hear of; true when somebody has to start sending. */
    synchronized boolean add(Map<String, Gathered> changes) {
      changes.forEach(this::add);
      boolean start = !busy && !waiting.isEmpty();
      busy |= start;
      return start;
    }

    private void add(String type, Gathered changes) {
      changes.each(
          id -> {
            Hears hears = audience.hears(type, id);
            if (hears != Hears.NOTHING) {
              waiting
                  .computeIfAbsent(type, key -> new Gathered())
                  .add(hears == Hears.WHICH ? id : null);
            }
          });
    }

    /** Takes what waits; nothing, and the page is idle. */
    synchronized Map<String, Gathered> take() {
      Map<String, Gathered> taken = new LinkedHashMap<>(waiting);
      waiting.clear();
      busy = !taken.isEmpty();
      return taken;
    }
  }

  /** A change as the page sees it. */
  record Change(String type, @Nullable Long id) {}

  /** The changes of one type in a moment: a few ids, or "something". */
  private static final class Gathered {
    final Set<Long> ids = new LinkedHashSet<>();
    boolean something;

    void add(@Nullable Long id) {
      if (id == null || ids.size() >= MOST_IDS && !ids.contains(id)) {
        something = true;
        ids.clear();
      } else if (!something) {
        ids.add(id);
      }
    }

    /** Each change, null for "something". */
    void each(Consumer<@Nullable Long> reader) {
      if (something) {
        reader.accept(null);
      }
      ids.forEach(reader);
    }
  }

  /** How much of a change a page is told. */
  enum Hears {
    NOTHING,
    THAT_SOMETHING_CHANGED,
    WHICH
  }

  /** Decides how much a page is told; asked for every change, so that it follows what its reader may see. */
  interface Audience {

    Hears hears(String type, @Nullable Long id);
  }

  /** Whether anybody listens; who has much to tell asks first. */
  public boolean listened() {
    return !clients.isEmpty();
  }

  /** Opens a stream; null when too many are open. */
  @Nullable SseEmitter open(Audience audience) {
    return clients.size() >= MOST_CLIENTS ? null : open(new SseEmitter(OPEN_MILLIS), audience);
  }

  SseEmitter open(SseEmitter emitter, Audience audience) {
    Client client = new Client(emitter, audience);
    emitter.onCompletion(() -> clients.remove(client));
    emitter.onTimeout(() -> clients.remove(client));
    emitter.onError(error -> clients.remove(client));
    try {
      // Without a first word the answer's head stays in the server, and the page waits for its
      // stream to open.
      emitter.send(SseEmitter.event().comment("open"));
    } catch (IOException e) {
      return emitter;
    }
    clients.add(client);
    return emitter;
  }

  /**
   * Something changed. Call it after the commit; costs nothing while nobody listens.
   *
   * @param type {@code lead.changed}, {@code run.changed}, {@code automation.changed}, {@code notice.created}
   * @param id what changed, for {@code notice.created} the user who got one; null for "something of this type"
   */
  public void publish(String type, @Nullable Long id) {
    if (clients.isEmpty()) {
      return;
    }
    synchronized (gathered) {
      gathered.computeIfAbsent(type, key -> new Gathered()).add(id);
    }
  }

  private void hand() {
    Map<String, Gathered> now;
    synchronized (gathered) {
      if (gathered.isEmpty()) {
        return;
      }
      now = new LinkedHashMap<>(gathered);
      gathered.clear();
    }
    for (Client client : clients) {
      try {
        if (client.add(now)) {
          sender.execute(() -> send(client));
        }
      } catch (RuntimeException e) {
        // What its reader may know cannot be said now. It opens a new stream and reads everything
        // again.
        LOG.warn("A page's stream is closed: {}", e.getMessage());
        clients.remove(client);
        complete(client);
      }
    }
  }

  private void send(Client client) {
    try {
      for (Map<String, Gathered> now = client.take(); !now.isEmpty(); now = client.take()) {
        for (Map.Entry<String, Gathered> entry : now.entrySet()) {
          send(client.emitter, entry.getKey(), entry.getValue());
        }
      }
    } catch (IOException | RuntimeException e) {
      // The page is gone, or opens a new stream and reads everything again.
      clients.remove(client);
      complete(client);
    }
  }

  private static void send(SseEmitter emitter, String type, Gathered changes) throws IOException {
    if (changes.something) {
      emitter.send(new Change(type, null));
    }
    for (Long id : changes.ids) {
      emitter.send(new Change(type, id));
    }
  }

  private static void complete(Client client) {
    try {
      client.emitter.complete();
    } catch (IllegalStateException e) {
      // The server has let go of the connection already; there is nothing left to end.
      LOG.debug("A page's stream was gone before its end", e);
    }
  }

  @Override
  public void destroy() {
    timer.shutdownNow();
    sender.shutdownNow();
    clients.forEach(LiveUpdates::complete);
  }
}
