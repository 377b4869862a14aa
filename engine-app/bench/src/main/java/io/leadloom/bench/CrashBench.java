package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.time.Duration;

/**
 * Kills the process three times in the middle of many runs (half of them wait), restarts it and checks that every event
 * had its effect exactly once, every delivery key reached the receiver, and none came with two different bodies.
 */
public final class CrashBench {

  private static final int KILLS = 3;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  private CrashBench() {}

  public static void main(String[] arguments) throws Exception {
    run(Settings.of(arguments, 50_000));
  }

  /**
   * Runs the whole test once.
   *
   * @throws IllegalStateException when anything is lost, doubled or different
   */
  public static void run(Settings settings) throws IOException {
    try (Receiver receiver = new Receiver();
        App app = App.fresh(settings)) {
      try {
        killAndCheck(settings, app, receiver);
      } catch (IllegalStateException e) {
        // Its log goes with its folder, and what it answers does not say why.
        throw new IllegalStateException(
            e.getMessage() + "\nThe application: " + String.join("\n", app.complaints()), e);
      }
    }
  }

  private static void killAndCheck(Settings settings, App app, Receiver receiver)
      throws IOException {
    Api api = app.api();
    WelcomeByCity.createFields(api);
    long straight = WelcomeByCity.publish(api, false);
    long waiting = publishWaitAndCall(api, receiver.url());
    api.post("/journal/consumers/automation/pause", null);
    load(api, settings.size());
    api.post("/journal/consumers/automation/resume", null);
    for (int kill = 1; kill <= KILLS; kill++) {
      long enough = (long) settings.size() * kill / (KILLS + 1);
      Waiting.until("enough runs for kill " + kill, LIMIT, () -> done(api, straight) >= enough);
      app.killHard();
      app.restart();
    }
    Waiting.until("all straight runs", LIMIT, () -> done(api, straight) >= settings.size());
    Waiting.until("all waiting runs", LIMIT, () -> done(api, waiting) >= settings.size());
    Waiting.until("all deliveries", LIMIT, () -> receiver.keys() >= settings.size());
    Oracle.check(api, settings.size(), true);
    check("straight runs", settings.size(), done(api, straight));
    check("waiting runs", settings.size(), done(api, waiting));
    check("delivery keys", settings.size(), receiver.keys());
    check("keys with two bodies", 0, receiver.changedBodies());
    check("dead letters", 0, api.get("/journal/dead-letters").path("items").size());
    Report.figure(
        settings,
        "kill -9 in the middle of runs, then exactly once",
        "kills survived",
        new double[] {KILLS},
        Json.object().put("runs", 2 * settings.size()).put("deliveryCalls", receiver.calls()));
  }

  private static long publishWaitAndCall(Api api, String url) {
    Bpmn bpmn = new Bpmn("wait-and-call", "Wait and call");
    bpmn.start("{\"type\":\"lead.created\"}");
    bpmn.flow("f1", "start", "wait", null);
    bpmn.timer("wait", "PT1S");
    bpmn.flow("f2", "wait", "step", null);
    bpmn.card("step", "lead.set-fields", "{\"values\":{\"step\":\"waited\"}}");
    bpmn.flow("f3", "step", "hook", null);
    bpmn.card(
        "hook",
        "webhook.call",
        "{\"url\":\""
            + url
            + "\",\"body\":{\"email\":\"{{lead.email}}\"},\"waitForResponse\":false}");
    bpmn.flow("f4", "hook", "end", null);
    bpmn.end("end");
    JsonNode made =
        api.post(
            "/automations",
            Json.object().put("name", "Wait and call").put("bpmn", bpmn.toString()));
    api.post("/automations/" + made.path("id").asLong() + "/publish", null);
    return made.path("id").asLong();
  }

  private static void load(Api api, int leads) {
    for (int from = 0; from < leads; from += 1000) {
      ArrayNode records = Json.array();
      for (int n = from; n < Math.min(from + 1000, leads); n++) {
        records.addObject().set("values", WelcomeByCity.lead(n));
      }
      api.post("/leads/bulk", Json.object().set("records", records));
    }
  }

  private static long done(Api api, long automation) {
    return api.get("/automations/" + automation).path("figures").path("done").asLong();
  }

  private static void check(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException(
          "Check failed: " + what + " " + found + ", expected " + expected);
    }
  }
}
