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
 * its messages misses some rather than holding others up. Changes by other nodes show in the heartbeat, at most 15 s later.
 */
@Component
public class LiveUpdates implements DisposableBean {

  private static final int MOST_CLIENTS = 500;
  private static final int MOST_IDS = 20;
  private static final long GATHERED_MILLIS = 300;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final long OPEN_MILLIS = TimeUnit.MINUTES.toMillis(30);

  private final List<Client> clients = new CopyOnWriteArrayList<>();
  private final Map<String, Set<Long>> gathered = new LinkedHashMap<>();
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
        () -> publish("lead.changed", null),
        HEARTBEAT_SECONDS,
        HEARTBEAT_SECONDS,
        TimeUnit.SECONDS);
  }

  /** A page that listens. */
  private record Client(SseEmitter emitter, AtomicBoolean busy) {}

  /** A change as the page sees it. */
  record Change(String type, @Nullable Long id) {}

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
    clients.add(client);
    return emitter;
  }

  /**
   * Something changed. Call it after the commit; costs nothing while nobody listens.
   *
   * @param type {@code lead.changed}, {@code run.changed}, {@code automation.changed}
   * @param id what changed; null for "something of this type"
   */
  public void publish(String type, @Nullable Long id) {
    if (clients.isEmpty()) {
      return;
    }
    synchronized (gathered) {
      Set<Long> ids = gathered.computeIfAbsent(type, key -> new LinkedHashSet<>());
      if (id != null && ids.size() <= MOST_IDS) {
        ids.add(id);
      }
    }
  }

  private void send() {
    Map<String, Set<Long>> now;
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

  private void send(Client client, Map<String, Set<Long>> changes) {
    try {
      for (Map.Entry<String, Set<Long>> entry : changes.entrySet()) {
        boolean many = entry.getValue().isEmpty() || entry.getValue().size() > MOST_IDS;
        if (many) {
          client.emitter().send(new Change(entry.getKey(), null));
        } else {
          for (Long id : entry.getValue()) {
            client.emitter().send(new Change(entry.getKey(), id));
          }
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
