package io.leadloom.bench;

import static io.leadloom.bench.WorkspaceLeads.budget;
import static io.leadloom.bench.WorkspaceLeads.calls;
import static io.leadloom.bench.WorkspaceLeads.campaign;
import static io.leadloom.bench.WorkspaceLeads.city;
import static io.leadloom.bench.WorkspaceLeads.company;
import static io.leadloom.bench.WorkspaceLeads.dealSize;
import static io.leadloom.bench.WorkspaceLeads.discount;
import static io.leadloom.bench.WorkspaceLeads.headCount;
import static io.leadloom.bench.WorkspaceLeads.interests;
import static io.leadloom.bench.WorkspaceLeads.language;
import static io.leadloom.bench.WorkspaceLeads.region;
import static io.leadloom.bench.WorkspaceLeads.source;
import static io.leadloom.bench.WorkspaceLeads.subscribed;
import static io.leadloom.bench.WorkspaceLeads.tier;
import static io.leadloom.bench.WorkspaceLeads.vip;
import static io.leadloom.bench.WorkspaceLeads.visits;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The live smart lists: ten kinds of conditions over fields of leads and fields of one's own, some relative to the present
 * day, each for other limits. All ask among other things whether a lead is subscribed, and {@link #probe} fulfils all the
 * rest, so that one change of it concerns every list; of the other leads each belongs to about one list in sixty.
 */
final class WorkspaceLists {

  private static final int KINDS = 10;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** How long a list and a search may differ while time goes on. */
  private static final Duration CHECK = Duration.ofSeconds(30);

  private WorkspaceLists() {}

  /**
   * A list.
   *
   * @param has who belongs to it; null where that depends on the day
   */
  record Smart(String name, String filter, @Nullable IntPredicate has) {

    /** How many of the first leads belong to it. */
    long members(int leads) {
      IntPredicate members = has;
      long count = 0;
      for (int n = 0; members != null && n < leads; n++) {
        count += members.test(n) ? 1 : 0;
      }
      return count;
    }
  }

  static List<Smart> of(int count) {
    List<Smart> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(list(i % KINDS, i / KINDS));
    }
    return lists;
  }

  private static Smart list(int kind, int k) {
    String name = "List " + (kind + KINDS * k);
    return switch (kind) {
      case 0 ->
          smart(
              name,
              "city = \"Pune\" and visits >= " + 40 * k,
              n -> city(n).equals("Pune") && visits(n) >= 40 * k);
      case 1 ->
          smart(
              name,
              "tier = \"Gold\" and budget > " + 40_000 * k,
              n -> tier(n).equals("Gold") && budget(n) > 40_000 * k);
      case 2 ->
          smart(
              name,
              "source = \"Event\" and calls >= " + 4 * k,
              n -> source(n).equals("Event") && calls(n) >= 4 * k);
      case 3 -> dated(name, "vip = true and renewal within next " + (7 + 3 * k) + " days");
      case 4 ->
          dated(name, "segment = \"Enterprise\" and last_seen within last " + (2 + k) + " days");
      case 5 ->
          dated(name, "product = \"Product 7\" and createdAt within last " + (7 + k) + " days");
      case 6 ->
          smart(
              name,
              "campaign = \"Campaign 7\" and head_count > " + 200 * k,
              n -> campaign(n).equals("Campaign 7") && headCount(n) > 200 * k);
      case 7 ->
          smart(
              name,
              "(region = \"Region 7\" or vip = true) and deal_size > " + 15_000 * k,
              n -> (region(n).equals("Region 7") || vip(n)) && dealSize(n) > 15_000 * k);
      case 8 ->
          smart(
              name,
              "language in (\"English\", \"French\") and interests contains \"Price\" and discount >= "
                  + k,
              n ->
                  List.of("English", "French").contains(language(n))
                      && interests(n).contains("Price")
                      && discount(n) >= k);
      default ->
          smart(
              name,
              "company starts with \"Company 7\" and visits between " + k + " and 999",
              n -> company(n).startsWith("Company 7") && visits(n) >= k && visits(n) <= 999);
    };
  }

  private static Smart smart(String name, String rest, IntPredicate has) {
    return new Smart(name, "subscribed = true and " + rest, n -> subscribed(n) && has.test(n));
  }

  private static Smart dated(String name, String rest) {
    return new Smart(name, "subscribed = true and " + rest, null);
  }

  /** A lead that belongs to every list as soon as it is subscribed. */
  static ObjectNode probe(String email, LocalDate today) {
    ObjectNode values =
        Json.object()
            .put("firstName", "Probe")
            .put("lastName", email.replaceFirst("@.*", ""))
            .put("email", email)
            .put("city", "Pune")
            .put("source", "Event")
            .put("company", "Company 7")
            .put("tier", "Gold")
            .put("segment", "Enterprise")
            .put("language", "English")
            .put("campaign", "Campaign 7")
            .put("product", "Product 7")
            .put("region", "Region 7")
            .put("visits", 999)
            .put("calls", 99)
            .put("head_count", 4_999)
            .put("discount", 39)
            .put("budget", 999_999)
            .put("deal_size", 399_999)
            .put("vip", true)
            .put("subscribed", false)
            .put("renewal", today.plusDays(4).toString())
            .put("last_seen", today.minusDays(1) + "T23:00:00Z");
    values.putArray("interests").add("Price").add("Speed");
    return values;
  }

  /** Makes the lists, live and for everyone, and waits until they are kept up. */
  static void create(Api api, int count) {
    for (Smart list : of(count)) {
      api.post(
          "/smart-lists",
          Json.object()
              .put("entity", "lead")
              .put("name", list.name())
              .put("filter", list.filter())
              .put("sharing", "everyone")
              .put("live", true));
    }
    Waiting.until("lists kept up", LIMIT, () -> ready(all(api, false)) == count);
  }

  private static JsonNode all(Api api, boolean members) {
    return api.get("/smart-lists?entity=lead" + (members ? "&members=true" : "")).path("items");
  }

  private static int ready(JsonNode lists) {
    int ready = 0;
    for (JsonNode list : lists) {
      ready += list.path("upkeep").path("state").asText().equals("ready") ? 1 : 0;
    }
    return ready;
  }

  /**
   * Compares what is kept of each list with the oracle, and with what a search by its filter finds.
   *
   * @return how many memberships there are in all
   */
  static long check(Api api, int leads, int count) {
    Map<String, JsonNode> found = kept(api);
    long memberships = 0;
    for (Smart list : of(count)) {
      long members = members(found, list);
      long deadline = System.nanoTime() + CHECK.toNanos();
      // By time alone some lead leaves some list every few seconds, also between two questions.
      while (!right(api, list, members, leads)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(
              list.name()
                  + " keeps "
                  + members
                  + " members, a search finds "
                  + api.count("leads", list.filter())
                  + (list.has() == null ? "" : ", the oracle " + list.members(leads))
                  + ": "
                  + list.filter());
        }
        members = members(kept(api), list);
      }
      memberships += members;
    }
    return memberships;
  }

  private static Map<String, JsonNode> kept(Api api) {
    Map<String, JsonNode> found = new TreeMap<>();
    all(api, true).forEach(list -> found.put(list.path("name").asText(), list));
    return found;
  }

  private static long members(Map<String, JsonNode> found, Smart list) {
    return found.getOrDefault(list.name(), Json.object()).path("upkeep").path("members").asLong(-1);
  }

  private static boolean right(Api api, Smart list, long members, int leads) {
    return members == api.count("leads", list.filter())
        && (list.has() == null || members == list.members(leads));
  }
}
