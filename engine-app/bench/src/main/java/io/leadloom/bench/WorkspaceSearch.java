package io.leadloom.bench;

import static io.leadloom.bench.WorkspaceLeads.budget;
import static io.leadloom.bench.WorkspaceLeads.campaign;
import static io.leadloom.bench.WorkspaceLeads.city;
import static io.leadloom.bench.WorkspaceLeads.company;
import static io.leadloom.bench.WorkspaceLeads.region;
import static io.leadloom.bench.WorkspaceLeads.source;
import static io.leadloom.bench.WorkspaceLeads.subscribed;
import static io.leadloom.bench.WorkspaceLeads.tier;
import static io.leadloom.bench.WorkspaceLeads.vip;
import static io.leadloom.bench.WorkspaceLeads.visits;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A filter of three conditions as somebody builds it in the list of leads.
 *
 * @param finds whom it finds; null where that depends on the day
 */
record WorkspaceSearch(String name, String filter, @Nullable IntPredicate finds) {

  /** The order in which the list of leads opens. */
  static final String USUAL_ORDER = "-flag";

  /** The orders that a click on the head of a column asks for. */
  static final List<String> ORDERS =
      List.of("name", "-createdAt", "-score", "city", "stage", "-budget", "tier", "renewal");

  /** The one that is also asked for in all orders: it finds one lead in nine. */
  static WorkspaceSearch wide() {
    return ALL.get(1);
  }

  static final List<WorkspaceSearch> ALL =
      List.of(
          new WorkspaceSearch(
              "few: one in 8,000",
              "city = \"Pune\" and tier = \"Platinum\" and campaign = \"Campaign 7\"",
              n ->
                  city(n).equals("Pune")
                      && tier(n).equals("Platinum")
                      && campaign(n).equals("Campaign 7")),
          new WorkspaceSearch(
              "many: one in nine",
              "subscribed = true and source in (\"Web\", \"Referral\") and visits >= 100",
              n ->
                  subscribed(n)
                      && List.of("Web", "Referral").contains(source(n))
                      && visits(n) >= 100),
          new WorkspaceSearch(
              "most: three of four",
              "not city = \"Pune\" and budget > 1000 and vip = false",
              n -> !city(n).equals("Pune") && budget(n) > 1_000 && !vip(n)),
          new WorkspaceSearch(
              "one, by its reference",
              "reference = \"REF-000000777\" and visits >= 0 and company is not empty",
              n -> n == 777),
          new WorkspaceSearch(
              "part of a name",
              "name contains \"77\" and tier = \"Gold\" and source = \"Web\"",
              n ->
                  Integer.toString(n).contains("77")
                      && tier(n).equals("Gold")
                      && source(n).equals("Web")),
          new WorkspaceSearch(
              "relative dates",
              "createdAt within last 30 days and renewal within next 30 days and segment = \"Enterprise\"",
              null),
          new WorkspaceSearch(
              "one of two",
              "(tier = \"Gold\" or vip = true) and region = \"Region 7\" and company starts with \"Company 7\"",
              n ->
                  (tier(n).equals("Gold") || vip(n))
                      && region(n).equals("Region 7")
                      && company(n).startsWith("Company 7")),
          new WorkspaceSearch(
              "with an activity",
              "has activity \"phone-call-outbound\" within last 30 days and tier = \"Gold\" and city = \"Pune\"",
              null));

  /** How many of the first leads it finds; -1 where that depends on the day. */
  long total(int leads) {
    IntPredicate found = finds;
    if (found == null) {
      return -1;
    }
    long count = 0;
    for (int n = 0; n < leads; n++) {
      count += found.test(n) ? 1 : 0;
    }
    return count;
  }

  /** What the list of leads asks for at first: a page in an order, with the number of all, without hidden leads. */
  static String page(String filter, String order) {
    return "/leads?"
        + (filter.isEmpty() ? "" : "filter=" + Api.encode(filter) + "&")
        + "sort="
        + Api.encode(order)
        + "&limit=50&count=true&hidden=false";
  }

  /** The same page without the number, as following pages are asked for. */
  static String pageOnly(String filter, String order) {
    return page(filter, order).replace("&count=true", "");
  }

  /** The number alone. */
  static String number(String filter) {
    return "/leads?filter=" + Api.encode(filter) + "&limit=1&count=true&hidden=false";
  }
}
