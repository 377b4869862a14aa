package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reference automation of the performance targets, straight through (S) and with a wait (W), on three ways in: events
 * already in the journal, bulk upsert, one lead a call. Every run is checked: right branch, exactly one task a lead.
 */
public final class ReferenceBench {

  private static final List<String> WAYS = List.of("journal", "bulk", "single");
  private static final int EFFECT_SECONDS = 15;
  private static final int WARM_UP_ROUND = 10_000;
  private static final int BULK = 1000;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Settings settings;
  private final App app;
  private final Api api;
  private final long automation;
  private final boolean withWait;
  private int leads;

  private ReferenceBench(Settings settings, App app, boolean withWait) {
    this.settings = settings;
    this.app = app;
    this.api = app.api();
    this.withWait = withWait;
    WelcomeByCity.createFields(api);
    this.automation = WelcomeByCity.publish(api, withWait);
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, 30_000);
    for (boolean withWait : List.of(false, true)) {
      if (WAYS.stream().noneMatch(way -> settings.wants((withWait ? "W." : "S.") + way))) {
        continue;
      }
      try (App app = App.fresh(settings)) {
        ReferenceBench bench = new ReferenceBench(settings, app, withWait);
        bench.warmUp();
        if (bench.wants("journal")) {
          bench.fromJournal();
        }
        if (bench.wants("bulk")) {
          bench.fromBulk();
        }
        if (bench.wants("single")) {
          bench.fromSingleCalls();
        }
        bench.check();
      }
    }
  }

  private boolean wants(String way) {
    return settings.wants(variant() + "." + way);
  }

  private void warmUp() throws Exception {
    for (int done = 0; done < settings.warmUp(); done += WARM_UP_ROUND) {
      bulk(Math.min(WARM_UP_ROUND, settings.warmUp() - done));
      awaitDone();
    }
    if (wants("single")) {
      int calls = settings.warmUp() / 15;
      single(calls, 8, new double[calls]);
      awaitDone();
    }
  }

  /**
   * The engine alone: the events are in the journal before the clock starts, and the other consumers have read theirs. The
   * processor's time is taken until all consumers have read what the runs did, too.
   */
  private void fromJournal() throws Exception {
    double[] perSecond = new double[settings.repetitions()];
    double[] events = new double[settings.repetitions()];
    ObjectNode more = Json.object();
    Processor processor = new Processor(app);
    for (int i = 0; i < perSecond.length; i++) {
      api.post("/journal/consumers/automation/pause", null);
      bulk(settings.size());
      awaitRead(Set.of("automation"));
      long statements = statements();
      processor.begin();
      long unread = lags().getOrDefault("automation", 0L);
      long begin = System.nanoTime();
      api.post("/journal/consumers/automation/resume", null);
      awaitDone();
      perSecond[i] = settings.size() * 1e9 / (System.nanoTime() - begin);
      events[i] = unread * perSecond[i] / settings.size();
      if (statements >= 0) {
        more.put(
            "statementsPerRun",
            Report.round((statements() - statements) / (double) settings.size()));
      }
      awaitRead(Set.of());
      processor.end(settings.size());
    }
    more.put("residentMegabytes", app.residentMegabytes());
    Arrays.sort(events);
    more.put("waitingEventsPerSecond", Report.round(Report.median(events)));
    processor.tell(more);
    Report.figure(settings, variant() + " from the journal", "runs/s", perSecond, more);
  }

  private void fromBulk() throws Exception {
    double[] perSecond = new double[settings.repetitions()];
    Processor processor = new Processor(app);
    for (int i = 0; i < perSecond.length; i++) {
      processor.begin();
      long begin = System.nanoTime();
      bulk(settings.size());
      awaitDone();
      perSecond[i] = settings.size() * 1e9 / (System.nanoTime() - begin);
      awaitRead(Set.of());
      processor.end(settings.size());
    }
    ObjectNode more = Json.object().put("perCall", BULK);
    processor.tell(more);
    Report.figure(settings, variant() + " from bulk upsert", "runs/s", perSecond, more);
  }

  private void fromSingleCalls() throws Exception {
    int calls = settings.size() / 3;
    double[] perSecond = new double[settings.repetitions()];
    double[] latencies = new double[calls];
    Processor processor = new Processor(app);
    long statements = statements();
    for (int i = 0; i < perSecond.length; i++) {
      processor.begin();
      long begin = System.nanoTime();
      single(calls, 8, latencies);
      awaitDone();
      perSecond[i] = calls * 1e9 / (System.nanoTime() - begin);
      awaitRead(Set.of());
      processor.end(calls);
    }
    Arrays.sort(latencies);
    ObjectNode more =
        Json.object()
            .put("clients", 8)
            .put("callP50Millis", Report.round(Report.percentile(latencies, 0.5)))
            .put("callP99Millis", Report.round(Report.percentile(latencies, 0.99)));
    if (statements >= 0) {
      more.put(
          "statementsPerRun",
          Report.round((statements() - statements) / ((double) calls * perSecond.length)));
    }
    processor.tell(more);
    Report.figure(settings, variant() + " from single calls", "runs/s", perSecond, more);
    Arrays.sort(perSecond);
    effects(Report.median(perSecond) / 2);
  }

  /** How long after the answer a lead shows what its run did, at the given rate of calls; every tenth is asked. */
  private void effects(double callsPerSecond) throws Exception {
    int calls = (int) Math.min(settings.size() / 3, callsPerSecond * EFFECT_SECONDS);
    int first = leads;
    int end = leads + calls;
    AtomicInteger next = new AtomicInteger(first);
    List<Double> found = Collections.synchronizedList(new ArrayList<>());
    long begin = System.nanoTime();
    Clients.inParallel(
        8,
        () -> {
          for (int n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
            long at = begin + (long) ((n - first) * 1e9 / callsPerSecond);
            long early = at - System.nanoTime();
            if (early > 0) {
              Waiting.pause(Duration.ofNanos(early));
            }
            JsonNode made = api.post("/leads", Json.object().set("values", WelcomeByCity.lead(n)));
            if (n % 10 == 0) {
              found.add(millisToEffect(made.path("id").asLong()));
            }
          }
        });
    leads = end;
    awaitDone();
    double[] millis = found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    ObjectNode more =
        Json.object()
            .put("callsPerSecond", Report.round(callsPerSecond))
            .put("asked", millis.length)
            .put("p99", Report.round(Report.percentile(millis, 0.99)));
    Report.figure(settings, variant() + " from answer to effect at half load", "ms", millis, more);
  }

  private double millisToEffect(long lead) {
    long begin = System.nanoTime();
    while (api.get("/leads/" + lead).path("values").path("greeting").isMissingNode()) {
      Waiting.pause(Duration.ofMillis(5));
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  private void bulk(int count) throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger(leads);
    int end = leads + count;
    Clients.inParallel(
        2,
        () -> {
          for (int from = next.getAndAdd(BULK); from < end; from = next.getAndAdd(BULK)) {
            ArrayNode records = Json.array();
            for (int n = from; n < Math.min(from + BULK, end); n++) {
              records.addObject().set("values", WelcomeByCity.lead(n));
            }
            JsonNode answer = api.post("/leads/bulk", Json.object().set("records", records));
            for (JsonNode result : answer.path("results")) {
              if (!result.path("outcome").asText().equals("created")) {
                throw new IllegalStateException("Not created: " + result);
              }
            }
          }
        });
    leads = end;
  }

  private void single(int count, int clients, double[] latencies)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger(leads);
    int first = leads;
    int end = leads + count;
    Clients.inParallel(
        clients,
        () -> {
          for (int n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
            long begin = System.nanoTime();
            api.post("/leads", Json.object().set("values", WelcomeByCity.lead(n)));
            latencies[n - first] = (System.nanoTime() - begin) / 1e6;
          }
        });
    leads = end;
  }

  private void awaitDone() {
    Waiting.until("all runs done", LIMIT, () -> figures().path("done").asLong() >= leads);
  }

  private JsonNode figures() {
    return api.get("/automations/" + automation).path("figures");
  }

  /** Waits until the consumers have read all, but for some that may be paused. */
  private void awaitRead(Set<String> paused) {
    Waiting.until(
        "everything read",
        LIMIT,
        () ->
            lags().entrySet().stream()
                .allMatch(lag -> lag.getValue() == 0 || paused.contains(lag.getKey())));
  }

  /** How many events each consumer has not read yet. */
  private Map<String, Long> lags() {
    Map<String, Long> lags = new HashMap<>();
    for (JsonNode consumer : api.get("/journal/consumers").path("items")) {
      lags.put(consumer.path("name").asText(), consumer.path("lag").asLong());
    }
    return lags;
  }

  private long statements() {
    return settings.mysql() ? MysqlCounters.statements(settings) : -1;
  }

  private String variant() {
    return withWait ? "W" : "S";
  }

  private void check() {
    Oracle.check(api, leads, withWait);
    long done = figures().path("done").asLong();
    if (done != leads) {
      throw new IllegalStateException("Runs done " + done + ", leads " + leads);
    }
  }
}
