package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Imports files as they are, CSV or XLSX, with a field for every column and two published automations that react to every
 * lead; then every lead must have been through both, with one task of each. Arguments without {@code =} are the files.
 */
public final class RealFileBench {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  private RealFileBench() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, 0);
    List<Path> files =
        Arrays.stream(arguments).filter(text -> !text.contains("=")).map(Path::of).toList();
    for (Path file : files) {
      try (App app = App.fresh(settings)) {
        Api api = app.api();
        WelcomeByCity.createFields(api);
        List<Long> automations =
            List.of(WelcomeByCity.publish(api, false), WelcomeByCity.publish(api, true));
        long begin = System.nanoTime();
        String name = String.valueOf(file.getFileName());
        long id =
            api.postFile(
                    "/imports?entity=lead&createFields=true&unreachable=true&emptyValues=Select&name="
                        + Api.encode(name),
                    file)
                .path("id")
                .asLong();
        Waiting.until(
            "import",
            LIMIT,
            () -> !api.get("/imports/" + id).path("status").asText().equals("running"));
        double importSeconds = (System.nanoTime() - begin) / 1e9;
        JsonNode result = api.get("/imports/" + id);
        long created = result.path("created").asLong();
        if (created == 0 || result.path("refused").asLong() != 0) {
          throw new IllegalStateException("Not all rows of " + name + " were created: " + result);
        }
        Waiting.until(
            "runs",
            LIMIT,
            () -> automations.stream().allMatch(automation -> done(api, automation) == created));
        double allSeconds = (System.nanoTime() - begin) / 1e9;
        Oracle.checkThroughBoth(api, created);
        Report.figure(
            settings,
            "import of " + name + " until both automations are done with every lead",
            "rows/s",
            new double[] {created / allSeconds},
            Json.object()
                .put("rows", created)
                .put("runs", 2 * created)
                .put("importRowsPerSecond", Report.round(created / importSeconds)));
      }
    }
  }

  private static long done(Api api, long automation) {
    return api.get("/automations/" + automation).path("figures").path("done").asLong();
  }
}
