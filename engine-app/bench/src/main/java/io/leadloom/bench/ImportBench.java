package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;

/** Imports a generated CSV file with two published automations that react to every lead. */
public final class ImportBench {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  private ImportBench() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, 200_000);
    Path file = Files.createTempFile("leadloom-import", ".csv");
    write(file, settings.size());
    double[] rows = new double[settings.repetitions()];
    double[] endToEnd = new double[settings.repetitions()];
    long resident = 0;
    for (int i = 0; i < settings.repetitions(); i++) {
      try (App app = App.fresh(settings)) {
        Api api = app.api();
        WelcomeByCity.createFields(api);
        long straight = WelcomeByCity.publish(api, false);
        long waiting = WelcomeByCity.publish(api, true);
        long begin = System.nanoTime();
        long id =
            api.postFile("/imports?entity=lead&match=email&name=leads.csv", file)
                .path("id")
                .asLong();
        Waiting.until("import", LIMIT, () -> !status(api, id).equals("running"));
        rows[i] = settings.size() * 1e9 / (System.nanoTime() - begin);
        JsonNode result = api.get("/imports/" + id);
        if (result.path("created").asLong() != settings.size()) {
          throw new IllegalStateException("Not all rows were created: " + result);
        }
        Waiting.until(
            "runs", LIMIT, () -> done(api, straight) + done(api, waiting) >= 2L * settings.size());
        endToEnd[i] = settings.size() * 1e9 / (System.nanoTime() - begin);
        resident = app.residentMegabytes();
        Oracle.checkTwoTasks(api, settings.size());
      }
    }
    Files.delete(file);
    Report.figure(
        settings, "import with validation, dedupe and journal", "rows/s", rows, Json.object());
    Report.figure(
        settings,
        "import until both automations are done with every lead",
        "rows/s",
        endToEnd,
        Json.object().put("residentMegabytes", resident));
  }

  private static String status(Api api, long id) {
    return api.get("/imports/" + id).path("status").asText();
  }

  private static long done(Api api, long automation) {
    return api.get("/automations/" + automation).path("figures").path("done").asLong();
  }

  private static void write(Path file, int rows) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int n = -1; n < rows; n++) {
        StringBuilder line = new StringBuilder();
        Iterator<Map.Entry<String, JsonNode>> values = WelcomeByCity.lead(Math.max(n, 0)).fields();
        while (values.hasNext()) {
          Map.Entry<String, JsonNode> value = values.next();
          line.append(line.isEmpty() ? "" : ",")
              .append(n < 0 ? value.getKey() : value.getValue().asText());
        }
        writer.append(line).append('\n');
      }
    }
  }
}
