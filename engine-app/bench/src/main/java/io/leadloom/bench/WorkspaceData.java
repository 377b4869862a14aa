package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills the workspace: fields, smart lists, imported leads, and what has happened with some of them. */
final class WorkspaceData {

  private static final Duration LIMIT = Duration.ofHours(3);
  private static final int BULK = 1_000;
  private static final int PAGE = 200;

  /** So many milliseconds pass between two questions how far an import is. */
  private static final int PATIENCE = 200;

  /** So many leads at most have activities, tasks and notes. */
  private static final int BUSY = 20_000;

  private static final int ACTIVITIES = 5;
  private static final int TASKS = 3;
  private static final int NOTES = 2;

  /** How many records belong to each of those leads, by kind. */
  static final Map<String, Integer> AROUND =
      Map.of("activities", ACTIVITIES, "tasks", TASKS, "notes", NOTES);

  private final Settings settings;
  private final App app;
  private final Api api;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  WorkspaceData(Settings settings, App app) {
    this.settings = settings;
    this.app = app;
    this.api = app.api();
  }

  /**
   * Imports all leads with all lists kept up and tells how fast that was.
   *
   * @param filled told when all is in, before it is compared with the oracle
   */
  void bringIn(Runnable filled) throws IOException {
    int fields = WorkspaceLeads.createFields(api);
    WorkspaceLists.create(api, settings.lists());
    // Written before the clock starts, so that nobody rests between two files.
    Path folder = Files.createTempDirectory("leadloom-workspace");
    List<Path> files = new ArrayList<>();
    long bytes = 0;
    for (int from = 0; from < settings.size(); from += settings.chunk()) {
      Path file = folder.resolve("leads-" + files.size() + ".csv");
      WorkspaceLeads.write(file, from, Math.min(from + settings.chunk(), settings.size()), today);
      bytes += Files.size(file);
      files.add(file);
    }
    double[] rows = new double[files.size()];
    Processor processor = new Processor(app);
    processor.begin();
    long begin = System.nanoTime();
    for (int i = 0; i < rows.length; i++) {
      rows[i] =
          importFile(
              files.get(i), Math.min(settings.chunk(), settings.size() - i * settings.chunk()));
    }
    double imported = seconds(begin);
    ObjectNode behind = lags();
    Waiting.until("all consumers", LIMIT, PATIENCE, () -> lags().isEmpty());
    Waiting.until("the index", LIMIT, () -> total("") == settings.size());
    double followed = seconds(begin);
    processor.end(settings.size());
    filled.run();
    long memberships = checkLists();
    for (Path file : files) {
      Files.delete(file);
    }
    Files.delete(folder);
    ObjectNode more =
        Json.object()
            .put("fields", fields)
            .put("lists", settings.lists())
            .put("memberships", memberships)
            .put("rowsPerFile", settings.chunk())
            .put("megabytes", bytes / (1024 * 1024))
            .put("target", 10_000)
            .put("met", settings.size() / imported > 10_000)
            .put("rowsPerSecondInAll", Report.round(settings.size() / imported));
    more.set("unreadAtTheEnd", behind);
    Report.figure(settings, "workspace: import of leads", "rows/s", rows, more);
    ObjectNode caughtUp =
        Json.object()
            .put("seconds", Report.round(followed))
            .put("secondsAfterTheImport", Report.round(followed - imported))
            .put("memberships", memberships)
            .put("target", 10_000)
            .put("met", settings.size() / followed > 10_000)
            .put("residentMegabytes", app.residentMegabytes())
            .put("diskMegabytes", app.diskMegabytes("data"));
    processor.tell(caughtUp);
    Report.figure(
        settings,
        "workspace: import until lists, index and all else have followed",
        "rows/s",
        new double[] {settings.size() / followed},
        caughtUp);
  }

  /**
   * Compares the lists with the oracle.
   *
   * @return how many memberships there are in all
   */
  long checkLists() {
    return WorkspaceLists.check(api, settings.size(), settings.lists());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** The rows a second of one file, from its first byte to its last row. */
  private double importFile(Path file, int rows) {
    long begin = System.nanoTime();
    long id =
        api.postFile("/imports?entity=lead&match=email&name=" + file.getFileName(), file)
            .path("id")
            .asLong();
    Waiting.until(
        "import of " + file.getFileName(),
        LIMIT,
        PATIENCE,
        () -> !api.get("/imports/" + id).path("status").asText().equals("running"));
    double took = seconds(begin);
    JsonNode result = api.get("/imports/" + id);
    if (result.path("created").asInt() != rows) {
      throw new IllegalStateException("Not all rows were created: " + result);
    }
    return rows / took;
  }

  /** What the consumers have not read yet; those that are up to date are left out. */
  private ObjectNode lags() {
    ObjectNode lags = Json.object();
    for (JsonNode consumer : api.get("/journal/consumers").path("items")) {
      if (consumer.path("lag").asLong() > 0) {
        lags.put(consumer.path("name").asText(), consumer.path("lag").asLong());
      }
    }
    return lags;
  }

  /** Waits until nothing is left to do after writes. */
  void settle() {
    Waiting.until("all consumers", LIMIT, () -> lags().isEmpty());
  }

  /** How many leads a filter finds. */
  long total(String filter) {
    return api.count("leads", filter);
  }

  /** The first leads get activities, tasks and notes; returns their ids. */
  List<Long> makeBusy() {
    List<Long> leads = first(Math.min(BUSY, Math.max(100, settings.size() / 10)));
    surround(leads);
    settle();
    return leads;
  }

  private List<Long> first(int count) {
    List<Long> ids = new ArrayList<>();
    String cursor = "";
    while (ids.size() < Math.min(count, settings.size())) {
      JsonNode page = api.get("/leads?sort=createdAt&fields=email&limit=" + PAGE + cursor);
      page.path("items").forEach(lead -> ids.add(lead.path("id").asLong()));
      cursor = "&cursor=" + Api.encode(page.path("next").asText());
      if (!page.hasNonNull("next")) {
        break;
      }
    }
    return ids;
  }

  /** Gives each lead its activities, tasks and notes. */
  void surround(List<Long> leads) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    List<ObjectNode> activities = new ArrayList<>();
    List<ObjectNode> tasks = new ArrayList<>();
    List<ObjectNode> notes = new ArrayList<>();
    for (long lead : leads) {
      for (int i = 0; i < ACTIVITIES; i++) {
        activities.add(
            Json.object()
                .put("lead", lead)
                .put("subject", "Call " + i)
                .put("happenedAt", now.minus(1L + i, ChronoUnit.DAYS).toString()));
      }
      for (int i = 0; i < TASKS; i++) {
        tasks.add(
            Json.object()
                .put("lead", lead)
                .put("type", "call")
                .put("title", "Call back " + i)
                .put("dueAt", now.plus(1L + i, ChronoUnit.DAYS).toString()));
      }
      for (int i = 0; i < NOTES; i++) {
        notes.add(Json.object().put("lead", lead).put("text", "Asked for an offer, time " + i));
      }
    }
    make("activities", "phone-call-outbound", activities);
    make("tasks", "", tasks);
    make("notes", "", notes);
  }

  /** Makes leads and returns their ids. */
  List<Long> leads(List<ObjectNode> values) {
    return make("leads", "", values);
  }

  private List<Long> make(String kind, String type, List<ObjectNode> values) {
    List<Long> ids = new ArrayList<>();
    for (int from = 0; from < values.size(); from += BULK) {
      ArrayNode records = Json.array();
      for (ObjectNode one : values.subList(from, Math.min(from + BULK, values.size()))) {
        ObjectNode item = records.addObject();
        if (!type.isEmpty()) {
          item.put("type", type);
        }
        item.set("values", one);
      }
      JsonNode answer = api.post("/" + kind + "/bulk", Json.object().set("records", records));
      for (JsonNode result : answer.path("results")) {
        if (!result.path("outcome").asText().equals("created")) {
          throw new IllegalStateException("Not created: " + result);
        }
        ids.add(result.path("id").asLong());
      }
    }
    return ids;
  }
}
