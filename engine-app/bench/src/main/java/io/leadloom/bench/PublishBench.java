package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Start-up, idle memory, and the time to publish an automation of 20 cards. */
public final class PublishBench {

  private static final int CARDS = 20;

  private PublishBench() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, CARDS);
    try (App app = App.fresh(settings)) {
      Report.figure(
          settings,
          "start to the first HTTP answer, empty database",
          "s",
          new double[] {app.startSeconds()},
          Json.object());
      app.killHard();
      app.restart();
      Waiting.pause(Duration.ofSeconds(20));
      Report.figure(
          settings,
          "start to the first HTTP answer, existing database",
          "s",
          new double[] {app.startSeconds()},
          Json.object().put("idleResidentMegabytes", app.residentMegabytes()));
      Api api = app.api();
      publish(api, 0);
      publish(api, 1);
      double[] millis = new double[Math.max(5, settings.repetitions())];
      for (int i = 0; i < millis.length; i++) {
        millis[i] = publish(api, i + 2);
      }
      Report.figure(settings, "publish of a 20-card automation, warm", "ms", millis, Json.object());
    }
  }

  private static double publish(Api api, int n) {
    Bpmn bpmn = new Bpmn("twenty-cards-" + n, "Twenty cards " + n);
    bpmn.start("{\"type\":\"tag.added\",\"tag\":\"bench\"}");
    String last = "start";
    for (int i = 1; i < CARDS; i += 2) {
      String gateway = "if" + i;
      bpmn.flow("to" + gateway, last, gateway, null);
      bpmn.exclusive(gateway, List.of("yes" + i, "no" + i), "no" + i);
      bpmn.flow(
          "yes" + i,
          gateway,
          "card" + i,
          "{\"criteria\":[{\"source\":\"lead\",\"field\":\"city\",\"operator\":\"equals\",\"values\":[\"City "
              + n
              + i
              + "\"]}]}");
      bpmn.card("card" + i, "tag.add", "{\"tags\":[\"tag " + i + "\"]}");
      bpmn.flow("on" + i, "card" + i, "join" + i, null);
      bpmn.flow("no" + i, gateway, "join" + i, null);
      bpmn.join("join" + i);
      last = "join" + i;
    }
    bpmn.flow("last", last, "end", null);
    bpmn.end("end");
    JsonNode made =
        api.post(
            "/automations",
            Json.object().put("name", "Twenty cards " + n).put("bpmn", bpmn.toString()));
    long begin = System.nanoTime();
    api.post("/automations/" + made.path("id").asLong() + "/publish", null);
    return (System.nanoTime() - begin) / 1e6;
  }
}
