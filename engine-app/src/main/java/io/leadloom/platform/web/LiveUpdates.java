package io.leadloom.platform.web;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages what changed, so that they read it again. Changes of a moment are gathered; a page that does not take
 * its messages misses some rather than holding others up. What other nodes do to records comes from the journal; their
 * runs and notices show in the heartbeat, at most 15 s later.
 */
@Component
public class LiveUpdates implements DisposableBean {

  private static final int MOST_CLIENTS = 500;
  private static final int MOST_IDS = 20;
  private static final long GATHERED_MILLIS = 300;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final long OPEN_MILLIS = TimeUnit.MINUTES.toMillis(30);

  /** What other nodes change all the time, and the journal does not tell. */
  private static final List<String> HEARTBEATS = List.of("run.changed", "notice.created");

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Map<String, Gathered> gathered = new LinkedHashMap<>();
  private final ScheduledExecutorService sender =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "live-updates");
            thread.setDaemon(true);
            return thread;
          });

  LiveUpdates() {
    sender.scheduleWithFixedDelay(
        this::send, GATHERED_MILLIS, GATHERED_MILLIS, TimeUnit.MILLISECONDS);
    sender.scheduleWithFixedDelay(
        () -> HEARTBEATS.forEach(type -> publish(type, null)),
        HEARTBEAT_SECONDS,
        HEARTBEAT_SECONDS,
        TimeUnit.SECONDS);
  }

  /** A page that listens. */
  private record Client(SseEmitter emitter, AtomicBoolean busy) {}

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
  }

  /** Whether anybody listens; who has much to tell asks first. */
  public boolean listened() {
    return !clients.isEmpty();
  }

  /** Opens a stream; null when too many are open. */
  @Nullable SseEmitter open() {
    if (clients.size() >= MOST_CLIENTS) {
      return null;
    }
    SseEmitter emitter = new SseEmitter(OPEN_MILLIS);
    Client client = new Client(emitter, new AtomicBoolean());
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

  private void send() {
    Map<String, Gathered> now;
    synchronized (gathered) {
      if (gathered.isEmpty()) {
        return;
      }
      now = new LinkedHashMap<>(gathered);
      gathered.clear();
    }
    for (Client client : clients) {
      if (client.busy().compareAndSet(false, true)) {
        sender.execute(() -> send(client, now));
      }
    }
  }

  private void send(Client client, Map<String, Gathered> changes) {
    try {
      for (Map.Entry<String, Gathered> entry : changes.entrySet()) {
        if (entry.getValue().something) {
          client.emitter().send(new Change(entry.getKey(), null));
        }
        for (Long id : entry.getValue().ids) {
          client.emitter().send(new Change(entry.getKey(), id));
        }
      }
    } catch (IOException | IllegalStateException e) {
      clients.remove(client);
      client.emitter().complete();
    } finally {
      client.busy().set(false);
    }
  }

  @Override
  public void destroy() {
    sender.shutdownNow();
    clients.forEach(client -> client.emitter().complete());
  }
}
