package io.leadloom.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a browser asks for when somebody opens a lead from the list of leads, in the order of the page: the lead, then all its
 * panels at once. What the browser knows already (fields, choices, users, the look of the page) is not asked again then.
 */
final class LeadPage implements AutoCloseable {

  /** As many requests as a browser has under way to one server. */
  private static final int CONNECTIONS = 6;

  private final Api api;
  private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);

  LeadPage(Api api) {
    this.api = api;
  }

  /**
   * The requests by what they are for; the lead itself comes first.
   *
   * @param filter of the list that the lead is opened from, for its neighbours there
   */
  private static Map<String, String> requests(long lead, String filter) {
    String of = "lead = " + lead;
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("lead", "/leads/" + lead);
    paths.put(
        "neighbours",
        "/leads/"
            + lead
            + "/neighbours?filter="
            + Api.encode(filter)
            + "&sort="
            + WorkspaceSearch.USUAL_ORDER
            + "&hidden=false");
    paths.put("duplicates", "/leads/" + lead + "/duplicates");
    paths.put("timeline", "/leads/" + lead + "/timeline");
    paths.put("follow-ups", "/leads/" + lead + "/follow-ups");
    paths.put("tasks", newest("tasks", of));
    paths.put("appointments", "/appointments?record=lead%2F" + lead + "&limit=20");
    paths.put("notes", newest("notes", of));
    paths.put("files", "/leads/" + lead + "/files");
    paths.put("open opportunities", newest("opportunities", of + " and statusKind = \"open\""));
    paths.put("closed opportunities", newest("opportunities", of + " and statusKind != \"open\""));
    paths.put("runs now", "/leads/" + lead + "/runs?open=true&limit=20");
    paths.put("runs earlier", "/leads/" + lead + "/runs?open=false&limit=20");
    paths.put("owners", "/leads/" + lead + "/owners");
    paths.put("merges", "/leads/" + lead + "/merges");
    return paths;
  }

  private static String newest(String kind, String filter) {
    return "/" + kind + "?filter=" + Api.encode(filter) + "&sort=-createdAt&limit=20";
  }

  /** The milliseconds of each request, one after the other. */
  Map<String, Double> oneByOne(long lead, String filter) {
    Map<String, Double> millis = new LinkedHashMap<>();
    requests(lead, filter)
        .forEach((what, path) -> millis.put(what, Timing.millis(() -> api.get(path))));
    return millis;
  }

  /** The milliseconds until all of the page is there, with as many requests at once as a browser makes. */
  double atOnce(long lead, String filter) {
    List<String> paths = List.copyOf(requests(lead, filter).values());
    return Timing.millis(
        () -> {
          api.get(paths.get(0));
          List<? extends Future<?>> running =
              paths.stream().skip(1).map(path -> connections.submit(() -> api.get(path))).toList();
          for (Future<?> request : running) {
            await(request);
          }
        });
  }

  private static void await(Future<?> request) {
    try {
      request.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    connections.shutdownNow();
  }
}
