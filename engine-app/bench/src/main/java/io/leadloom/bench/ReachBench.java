package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the filtering by permissions adds to searches of leads: the same searches by an administrator, who reaches all of
 * them without a condition, and by people of a sales hierarchy, who reach a part. The calls of all of them alternate, so
 * that a machine that is slow for a while is slow for all. Every answer is checked against the owners that were given.
 */
public final class ReachBench {

  private static final int DIVISIONS = 2;
  private static final int TEAMS = 5;
  private static final int SELLERS = 20;
  private static final int BULK = 1000;
  private static final int PAGE = 50;
  private static final int ROUNDS = 40;
  private static final int WARM_UP = 30;
  private static final List<String> CITIES =
      List.of("Mumbai", "Delhi", "Bengaluru", "Pune", "Chennai", "Kolkata");
  private static final List<String> SOURCES =
      List.of("Web", "Referral", "Event", "Phone", "E-mail");

  private static final Map<String, String> SEARCHES =
      Map.of(
          "newest",
          "",
          "one city",
          "filter=" + Api.encode("city = \"Pune\""),
          "city and source, most points",
          "sort=-points&filter=" + Api.encode("city = \"Pune\" and source = \"Event\""),
          "a name's beginning",
          "sort=name&filter=" + Api.encode("name starts with \"Asha7\""),
          "one e-mail",
          "filter=" + Api.encode("email = \"lead777@example.test\""),
          "number in one city",
          "count=true&limit=1&filter=" + Api.encode("city = \"Pune\""));

  private final Settings settings;
  private final Api administrator;
  private final List<Long> sellers = new ArrayList<>();
  private final Map<String, Set<Long>> reaches = new LinkedHashMap<>();
  private final Map<String, Long> totals = new HashMap<>();
  private long changed;
  private int changes;

  private ReachBench(Settings settings, Api administrator) {
    this.settings = settings;
    this.administrator = administrator;
  }

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments, 1_000_000);
    try (App app = App.fresh(settings)) {
      ReachBench bench = new ReachBench(settings, app.api());
      bench.hire();
      bench.fill();
      bench.changed = app.api().get("/leads?limit=1").path("items").path(0).path("id").asLong();
      // Statistics of tables follow their growth with a delay.
      Waiting.pause(Duration.ofSeconds(20));
      new TreeMap<>(SEARCHES)
          .forEach(
              (search, query) -> {
                if (settings.wants(search)) {
                  bench.measure(search, query);
                }
              });
    }
  }

  /** A director over divisions over teams of sellers. */
  private void hire() {
    long director = user("director", "crm_manager", null);
    Set<Long> all = new TreeSet<>(Set.of(director));
    for (int d = 0; d < DIVISIONS; d++) {
      long division = user("division" + d, "crm_manager", director);
      Set<Long> ofDivision = new TreeSet<>(Set.of(division));
      for (int t = 0; t < TEAMS; t++) {
        long lead = user("lead" + d + "-" + t, "crm_manager", division);
        Set<Long> ofTeam = new TreeSet<>(Set.of(lead));
        for (int s = 0; s < SELLERS; s++) {
          String login = "seller" + d + "-" + t + "-" + s;
          long seller = user(login, "crm_sales", lead);
          sellers.add(seller);
          ofTeam.add(seller);
          if (d + t + s == 0) {
            reaches.put(login, Set.of(seller));
          }
        }
        if (d + t == 0) {
          reaches.put("lead0-0", ofTeam);
        }
        ofDivision.addAll(ofTeam);
      }
      if (d == 0) {
        reaches.put("division0", ofDivision);
      }
      all.addAll(ofDivision);
    }
    reaches.put("director", all);
  }

  private long user(String login, String role, @Nullable Long superior) {
    ObjectNode user =
        Json.object()
            .put("login", login)
            .put("name", "User " + login)
            .put("email", login + "@example.test")
            .put("password", Api.PASSWORD);
    user.putArray("roles").add(role);
    if (superior != null) {
      user.put("reportsTo", superior);
    }
    return administrator.post("/users", user).path("id").asLong();
  }

  private void fill() throws Exception {
    administrator.post(
        "/schema/lead/fields",
        Json.object().put("label", "Points").put("type", "wholeNumber").put("filterable", true));
    AtomicInteger next = new AtomicInteger();
    Clients.inParallel(
        2,
        () -> {
          for (int from = next.getAndAdd(BULK);
              from < settings.size();
              from = next.getAndAdd(BULK)) {
            ArrayNode records = Json.array();
            for (int n = from; n < Math.min(from + BULK, settings.size()); n++) {
              records.addObject().set("values", lead(n));
            }
            JsonNode answer =
                administrator.post("/leads/bulk", Json.object().set("records", records));
            for (JsonNode result : answer.path("results")) {
              if (!result.path("outcome").asText().equals("created")) {
                throw new IllegalStateException("Not created: " + result);
              }
            }
          }
        });
  }

  /** Lead number n; neighbours belong to different sellers, as leads do that come in over the day. */
  private ObjectNode lead(int n) {
    return Json.object()
        .put("firstName", "Asha" + n)
        .put("lastName", "Rao")
        .put("email", "lead" + n + "@example.test")
        .put("company", "Company " + n % 500)
        .put("city", CITIES.get(n % CITIES.size()))
        .put("source", SOURCES.get(n / 7 % SOURCES.size()))
        .put("points", n * 37L % 1009)
        .put("owner", ownerOf(n));
  }

  /** Spread over the sellers without any pattern. */
  private long ownerOf(int n) {
    return sellers.get((int) ((n * 0x9E3779B97F4A7C15L >>> 32) % sellers.size()));
  }

  /**
   * Somebody who searches.
   *
   * @param reach the owners whose leads are reached; null for everybody's
   */
  private record Searcher(Api api, String login, @Nullable Set<Long> reach, double[] millis) {

    double median() {
      double[] sorted = millis.clone();
      Arrays.sort(sorted);
      return Report.median(sorted);
    }

    int width() {
      return reach == null ? 0 : reach.size();
    }

    boolean reaches(long owner) {
      return reach == null || reach.contains(owner);
    }
  }

  private void measure(String search, String query) {
    String path = "/leads?" + query + (query.contains("limit=") ? "" : "&limit=" + PAGE);
    int counted = settings.repetitions() * ROUNDS;
    Searcher first = new Searcher(administrator, Api.LOGIN, null, new double[counted]);
    List<Searcher> searchers = new ArrayList<>(List.of(first));
    reaches.forEach(
        (login, reach) ->
            searchers.add(
                new Searcher(administrator.as(login), login, reach, new double[counted])));
    for (int round = counted + WARM_UP - 1; round >= 0; round--) {
      Collections.rotate(searchers, 1);
      for (Searcher searcher : searchers) {
        changeALead();
        long begin = System.nanoTime();
        JsonNode answer = searcher.api().get(path);
        double took = (System.nanoTime() - begin) / 1e6;
        check(searcher, search, answer);
        if (round < counted) {
          searcher.millis()[round] = took;
        }
      }
    }
    searchers.sort(Comparator.comparingInt(Searcher::width));
    for (Searcher searcher : searchers) {
      ObjectNode more =
          Json.object()
              .put("search", search)
              .put("as", searcher.login())
              .put("owners", searcher.width())
              .put("addsPercent", Report.round(100 * (searcher.median() / first.median() - 1)));
      Report.figure(settings, "search of leads by reach", "ms", searcher.millis(), more);
    }
  }

  /** Without a change between them H2 answers equal questions with the result of the last one. */
  private void changeALead() {
    administrator.patch(
        "/leads/" + changed,
        Json.object().set("values", Json.object().put("jobTitle", "Buyer " + changes++)));
  }

  private void check(Searcher searcher, String search, JsonNode answer) {
    for (JsonNode lead : answer.path("items")) {
      if (!searcher.reaches(lead.path("values").path("owner").asLong())) {
        throw new IllegalStateException(searcher.login() + " sees " + lead + " in " + search);
      }
    }
    if (search.equals("newest") && answer.path("items").size() != PAGE) {
      throw new IllegalStateException(searcher.login() + " sees " + answer.path("items").size());
    }
    if (answer.hasNonNull("total")
        && answer.path("total").asLong()
            != totals.computeIfAbsent(searcher.login(), key -> inOneCity(searcher))) {
      throw new IllegalStateException(searcher.login() + " counts " + answer.path("total"));
    }
  }

  private long inOneCity(Searcher searcher) {
    long count = 0;
    for (int n = 0; n < settings.size(); n++) {
      if (CITIES.get(n % CITIES.size()).equals("Pune") && searcher.reaches(ownerOf(n))) {
        count++;
      }
    }
    return count;
  }
}
