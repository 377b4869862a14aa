package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The workspace of leads with many leads, 40 fields of its own and 200 live smart lists: import, lists with filters and their
 * numbers, the page of a lead, a change until all lists show it, merges. The requests are those of the user interface. A lead
 * is changed before each of them, since without a change between them H2 answers equal questions with the last result.
 */
public final class WorkspaceBench {

  private static final int MOST_LISTS = 200;
  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int SHOWN_LISTS = 5;

  private final Settings settings;
  private final Api api;
  private final WorkspaceData data;
  private final Timing timing;
  private final List<Long> busy;
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

  /** Tells what one run makes from what earlier runs on the same database have made. */
  private final int run = (int) (Instant.now().getEpochSecond() % 1_000_000) * 1_000;

  private int changes;
  private int opened;

  private WorkspaceBench(Settings settings, App app, WorkspaceData data, List<Long> busy) {
    this.settings = settings;
    this.api = app.api();
    this.data = data;
    this.timing = new Timing(settings, app);
    this.busy = busy;
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, 1_000_000);
    if (settings.lists() < 1 || settings.lists() > MOST_LISTS) {
      throw new IllegalArgumentException("lists=" + settings.lists() + ", expected 1 to 200");
    }
    Path folder = settings.keep().isEmpty() ? null : Path.of(settings.keep()).toAbsolutePath();
    Path mark = folder == null ? null : folder.resolve("workspace.json");
    boolean again = mark != null && Files.exists(mark);
    if (folder != null && !again && Files.exists(folder.resolve("data"))) {
      throw new IllegalArgumentException(
          folder + " has a database that was not filled to the end; delete it first");
    }
    JsonNode filled = again && mark != null ? Json.read(Files.readString(mark)) : Json.object();
    if (again
        && (filled.path("leads").asInt() != settings.size()
            || filled.path("lists").asInt() != settings.lists()
            || !filled.path("database").asText().equals(settings.database()))) {
      throw new IllegalArgumentException(
          folder + " has another workspace, start it with what it was made with: " + filled);
    }
    try (App app = folder == null ? App.fresh(settings) : App.kept(settings, folder, !again)) {
      WorkspaceData data = new WorkspaceData(settings, app);
      List<Long> busy = new ArrayList<>();
      if (again) {
        filled.path("busy").forEach(id -> busy.add(id.asLong()));
        data.settle();
      } else {
        data.bringIn(() -> mark(mark, settings, List.of()));
      }
      if (busy.isEmpty()) {
        if (again) {
          data.checkLists();
        }
        busy.addAll(data.makeBusy());
        mark(mark, settings, busy);
      }
      // Statistics of tables follow their growth with a delay.
      Waiting.pause(SETTLING);
      new WorkspaceBench(settings, app, data, busy).measure();
    }
  }

  private static void mark(@Nullable Path file, Settings settings, List<Long> busy) {
    if (file == null) {
      return;
    }
    ObjectNode mark =
        Json.object()
            .put("database", settings.database())
            .put("leads", settings.size())
            .put("lists", settings.lists());
    ArrayNode ids = mark.putArray("busy");
    busy.forEach(ids::add);
    try {
      Files.writeString(file, mark.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void measure() {
    if (settings.wants("search")) {
      changesAlone();
      searches();
      orders();
      timing.measure();
    }
    if (settings.wants("lists")) {
      smartLists();
      timing.measure();
    }
    if (settings.wants("page")) {
      leadPage();
    }
    if (settings.wants("change")) {
      changeUntilListed();
      timing.measure();
    }
    if (settings.wants("merge")) {
      merges();
    }
  }

  private long next() {
    return busy.get(opened++ % busy.size());
  }

  /** Changes what no list and no search looks at. */
  private void change(long lead) {
    api.patch(
        "/leads/" + lead,
        Json.object().set("values", Json.object().put("jobTitle", "Buyer " + run + changes++)));
  }

  /** What the change before each call takes by itself. */
  private void changesAlone() {
    timing.add(
        "workspace: change of a lead that concerns no list",
        0,
        Json.object(),
        () -> Timing.millis(() -> change(next())));
  }

  private double changedThen(String path, long expected, long more) {
    change(next());
    JsonNode[] answer = new JsonNode[1];
    double millis = Timing.millis(() -> answer[0] = api.get(path));
    long total = answer[0].path("total").asLong(-1);
    if (expected >= 0 && total >= 0 && (total < expected || total > expected + more)) {
      throw new IllegalStateException(
          path + " finds " + total + ", expected " + expected + " to " + (expected + more));
    }
    return millis;
  }

  private void searches() {
    // What earlier runs have made beside the leads that the oracle knows.
    long more = data.total("") - settings.size();
    for (WorkspaceSearch search : WorkspaceSearch.ALL) {
      long expected = search.total(settings.size());
      String page = WorkspaceSearch.page(search.filter(), WorkspaceSearch.USUAL_ORDER);
      String pageOnly = WorkspaceSearch.pageOnly(search.filter(), WorkspaceSearch.USUAL_ORDER);
      String number = WorkspaceSearch.number(search.filter());
      timing.add(
          "workspace: first page with its number",
          150,
          of(search, expected),
          () -> changedThen(page, expected, more));
      timing.add(
          "workspace: first page without its number",
          150,
          of(search, expected),
          () -> changedThen(pageOnly, expected, more));
      timing.add(
          "workspace: number",
          500,
          of(search, expected),
          () -> changedThen(number, expected, more));
    }
    String all = WorkspaceSearch.page("", WorkspaceSearch.USUAL_ORDER);
    timing.add(
        "workspace: first page with its number",
        150,
        Json.object().put("search", "all leads"),
        () -> changedThen(all, settings.size(), more));
  }

  private static ObjectNode of(WorkspaceSearch search, long expected) {
    ObjectNode more = Json.object().put("search", search.name()).put("filter", search.filter());
    return expected < 0 ? more : more.put("finds", expected);
  }

  private void orders() {
    for (String order : WorkspaceSearch.ORDERS) {
      addOrder(WorkspaceSearch.wide(), order);
    }
    addOrder(WorkspaceSearch.ALL.get(0), "stage");
  }

  private void addOrder(WorkspaceSearch search, String order) {
    String page = WorkspaceSearch.page(search.filter(), order);
    timing.add(
        "workspace: first page in another order",
        150,
        of(search, search.total(settings.size())).put("order", order),
        () -> changedThen(page, -1, 0));
  }

  /** The tabs over the list, the numbers of their members, and the first page of some of them. */
  private void smartLists() {
    timing.add(
        "workspace: tabs of all smart lists",
        0,
        Json.object().put("lists", settings.lists()),
        () -> changedThen("/smart-lists?entity=lead", -1, 0));
    timing.add(
        "workspace: members of all smart lists",
        0,
        Json.object().put("lists", settings.lists()),
        () -> changedThen("/smart-lists?entity=lead&members=true", -1, 0));
    List<WorkspaceLists.Smart> lists = WorkspaceLists.of(settings.lists());
    for (int i = 0; i < Math.min(SHOWN_LISTS, lists.size()); i++) {
      WorkspaceLists.Smart list = lists.get(i * (lists.size() / SHOWN_LISTS + 1) % lists.size());
      String page = WorkspaceSearch.page(list.filter(), WorkspaceSearch.USUAL_ORDER);
      timing.add(
          "workspace: first page of a smart list",
          150,
          Json.object().put("filter", list.filter()),
          () -> changedThen(page, -1, 0));
    }
  }

  /** The page of a lead with activities, tasks and notes, opened from a list with a filter; each time another lead. */
  private void leadPage() {
    String from = WorkspaceSearch.wide().filter();
    Map<String, List<Double>> each = new LinkedHashMap<>();
    try (LeadPage page = new LeadPage(api)) {
      ObjectNode sum = Json.object();
      timing.add(
          "workspace: lead page, its requests one after the other",
          80,
          sum,
          () -> {
            long lead = next();
            change(lead);
            Map<String, Double> millis = page.oneByOne(lead, from);
            millis.forEach(
                (what, took) -> each.computeIfAbsent(what, any -> new ArrayList<>()).add(took));
            ObjectNode requests = sum.putObject("medianByRequest");
            String slowest = "";
            for (Map.Entry<String, List<Double>> one : each.entrySet()) {
              double median = median(one.getValue());
              requests.put(one.getKey(), Report.round(median));
              slowest =
                  slowest.isEmpty() || median > requests.path(slowest).asDouble()
                      ? one.getKey()
                      : slowest;
            }
            sum.put("requests", each.size()).put("slowest", slowest);
            return millis.values().stream().mapToDouble(Double::doubleValue).sum();
          });
      timing.add(
          "workspace: lead page, as a browser opens it",
          80,
          Json.object().put("connections", 6),
          () -> {
            long lead = next();
            change(lead);
            return page.atOnce(lead, from);
          });
      timing.measure();
    }
  }

  private static double median(List<Double> values) {
    return Report.median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /** A lead enters all lists, the next time it leaves them, and so on. */
  private void changeUntilListed() {
    long probe =
        data.leads(List.of(WorkspaceLists.probe("probe" + run + "@example.test", today))).get(0);
    data.settle();
    boolean[] in = new boolean[2];
    timing.add(
        "workspace: change until all smart lists show it",
        1_000,
        Json.object().put("lists", settings.lists()),
        () -> {
          in[0] = !in[0];
          String known = newest(probe, 1).get(0).path("id").asText();
          return Timing.millis(
              () -> {
                subscribe(probe, in[0]);
                Waiting.untilSoon("all lists", LIMIT, () -> listed(probe, known, in[0]));
              });
        });
    long other =
        data.leads(List.of(WorkspaceLists.probe("probe" + (run + 1) + "@example.test", today)))
            .get(0);
    String filter = WorkspaceLists.of(1).get(0).filter() + " and id = " + other;
    timing.add(
        "workspace: change until the page of a smart list shows it",
        1_000,
        Json.object(),
        () -> {
          in[1] = !in[1];
          return Timing.millis(
              () -> {
                subscribe(other, in[1]);
                String page = WorkspaceSearch.page(filter, WorkspaceSearch.USUAL_ORDER);
                if (api.get(page).path("total").asLong() != (in[1] ? 1 : 0)) {
                  throw new IllegalStateException("Not shown at once: " + page);
                }
              });
        });
  }

  private void subscribe(long lead, boolean subscribed) {
    api.patch(
        "/leads/" + lead, Json.object().set("values", Json.object().put("subscribed", subscribed)));
  }

  private JsonNode newest(long lead, int count) {
    return api.get("/leads/" + lead + "/history?limit=" + count).path("items");
  }

  /** Whether the history has come to name all lists since an event; one look at its end as long as it does not. */
  private boolean listed(long lead, String since, boolean entered) {
    String kind = entered ? "lead.smartListEntered" : "lead.smartListLeft";
    if (!newest(lead, 1).path(0).path("kind").asText().equals(kind)) {
      return false;
    }
    int named = 0;
    for (JsonNode event : newest(lead, settings.lists())) {
      if (event.path("id").asText().equals(since)) {
        break;
      }
      named += event.path("kind").asText().equals(kind) ? 1 : 0;
    }
    return named == settings.lists();
  }

  /** Pairs of leads with all fields, activities, tasks and notes: what is seen before a merge, and the merge. */
  private void merges() {
    int pairs = Timing.most(settings);
    List<ObjectNode> values = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      ObjectNode one = WorkspaceLeads.values(1_000_000_000 + run + i % 1_000, today);
      values.add(one);
      values.add(one.deepCopy().put("email", "second" + run + "x" + i + "@example.test"));
    }
    List<Long> leads = data.leads(values);
    data.surround(leads);
    data.settle();
    int[] done = new int[1];
    ObjectNode more = Json.object();
    List<Double> previews = new ArrayList<>();
    timing.add(
        "workspace: merge of two leads",
        100,
        more,
        () -> {
          int pair = done[0]++;
          long survivor = leads.get(2 * pair);
          long other = leads.get(2 * pair + 1);
          Map<Long, Integer> versions = new TreeMap<>();
          previews.add(Timing.millis(() -> versions.putAll(beside(survivor, other))));
          more.put("previewMedianMillis", Report.round(median(previews)));
          ObjectNode body = Json.object().put("version", versions.getOrDefault(survivor, 0));
          body.putArray("records")
              .addObject()
              .put("id", other)
              .put("version", versions.getOrDefault(other, 0));
          body.putObject("take");
          double millis = Timing.millis(() -> api.post("/leads/" + survivor + "/merge", body));
          WorkspaceData.AROUND.forEach(
              (kind, count) -> {
                if (api.count(kind, "lead = " + survivor) != 2L * count) {
                  throw new IllegalStateException("Not all " + kind + " came along");
                }
              });
          return millis;
        });
    timing.measure();
  }

  /** What the page of a merge shows of two leads: their versions by their ids. */
  private Map<Long, Integer> beside(long one, long other) {
    Map<Long, Integer> versions = new TreeMap<>();
    api.get("/leads/merge?ids=" + one + "," + other)
        .path("items")
        .forEach(lead -> versions.put(lead.path("id").asLong(), lead.path("version").asInt()));
    return versions;
  }
}
