package io.leadloom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Leads with 40 fields of their own, beside those that come with Leadloom. What lead number n has in a field follows from n
 * alone, without any pattern between neighbours, so that every search has a plain Java oracle.
 */
final class WorkspaceLeads {

  static final List<String> CITIES =
      List.of("Mumbai", "Delhi", "Bengaluru", "Pune", "Chennai", "Kolkata");
  static final List<String> SOURCES = List.of("Web", "Referral", "Event", "Phone", "E-mail");
  static final List<String> SEGMENTS = List.of("Small", "Middle", "Enterprise", "Public");
  static final List<String> LANGUAGES = List.of("English", "French", "German", "Hindi", "Marathi");
  static final List<String> INTERESTS = List.of("Price", "Service", "Speed", "Design", "Support");

  private static final List<String> TIERS = List.of("Bronze", "Silver", "Gold", "Platinum");
  private static final List<String> CHANNELS = List.of("Partner", "Direct", "Shop");
  private static final List<String> SHIFTS = List.of("Morning", "Noon", "Evening");
  private static final List<String> PLANS = List.of("Monthly", "Yearly");
  private static final int COMPANIES = 5_000;
  private static final int LAST_NAMES = 50;

  private static final List<Spec> FIELDS = fields();

  private WorkspaceLeads() {}

  /** A field that leads get. */
  private record Spec(String label, String type, boolean filterable, List<String> options) {}

  private static List<Spec> fields() {
    List<Spec> fields = new ArrayList<>();
    add(fields, "text", true, "Reference", "Campaign", "Product", "Region");
    add(fields, "text", false, "Remark 1", "Remark 2", "Remark 3", "Remark 4");
    choice(fields, "dropdown", true, "Tier", TIERS);
    choice(fields, "dropdown", true, "Segment", SEGMENTS);
    choice(fields, "dropdown", true, "Channel", CHANNELS);
    choice(fields, "dropdown", true, "Language", LANGUAGES);
    choice(fields, "dropdown", false, "Shift", SHIFTS);
    choice(fields, "dropdown", false, "Plan", PLANS);
    choice(fields, "multiSelect", true, "Interests", INTERESTS);
    choice(fields, "multiSelect", false, "Spoken", LANGUAGES);
    add(fields, "wholeNumber", true, "Visits", "Head count", "Calls");
    add(fields, "wholeNumber", false, "Orders", "Returns", "Tickets", "Seats");
    add(fields, "decimal", true, "Discount");
    add(fields, "decimal", false, "Ratio 1", "Ratio 2", "Ratio 3");
    add(fields, "money", true, "Budget", "Deal size");
    add(fields, "money", false, "Spent");
    add(fields, "boolean", true, "Subscribed", "Vip");
    add(fields, "boolean", false, "Agreed", "Trial");
    add(fields, "date", true, "Renewal");
    add(fields, "date", false, "First visit", "Founded");
    add(fields, "dateTime", true, "Last seen");
    add(fields, "dateTime", false, "Next call");
    add(fields, "url", false, "Profile");
    return List.copyOf(fields);
  }

  private static void add(List<Spec> fields, String type, boolean filterable, String... labels) {
    for (String label : labels) {
      fields.add(new Spec(label, type, filterable, List.of()));
    }
  }

  private static void choice(
      List<Spec> fields, String type, boolean filterable, String label, List<String> options) {
    fields.add(new Spec(label, type, filterable, options));
  }

  /** Defines the fields and returns how many there are. */
  static int createFields(Api api) {
    for (Spec field : FIELDS) {
      ObjectNode body =
          Json.object()
              .put("key", field.label().toLowerCase(Locale.ROOT).replace(' ', '_'))
              .put("label", field.label())
              .put("type", field.type())
              .put("filterable", field.filterable());
      if (!field.options().isEmpty()) {
        ArrayNode options = body.putArray("options");
        field.options().forEach(options::add);
      }
      api.post("/schema/lead/fields", body);
    }
    return FIELDS.size();
  }

  static String city(int n) {
    return of(CITIES, n, 1);
  }

  static String source(int n) {
    return of(SOURCES, n, 2);
  }

  /** Few are worth much: 3 of 100 are platinum, 12 gold. */
  static String tier(int n) {
    int share = draw(n, 3, 100);
    return TIERS.get(share < 60 ? 0 : share < 85 ? 1 : share < 97 ? 2 : 3);
  }

  static String segment(int n) {
    return of(SEGMENTS, n, 4);
  }

  static String language(int n) {
    return of(LANGUAGES, n, 5);
  }

  static boolean subscribed(int n) {
    return draw(n, 6, 10) < 3;
  }

  static boolean vip(int n) {
    return draw(n, 7, 10) == 0;
  }

  static int visits(int n) {
    return draw(n, 8, 1_000);
  }

  static int calls(int n) {
    return draw(n, 9, 100);
  }

  static int headCount(int n) {
    return draw(n, 10, 5_000);
  }

  static int budget(int n) {
    return draw(n, 11, 1_000_000);
  }

  static int dealSize(int n) {
    return draw(n, 12, 400_000);
  }

  static int discount(int n) {
    return draw(n, 13, 40);
  }

  static String campaign(int n) {
    return "Campaign " + draw(n, 14, 40);
  }

  static String product(int n) {
    return "Product " + draw(n, 15, 25);
  }

  static String region(int n) {
    return "Region " + draw(n, 16, 12);
  }

  static String company(int n) {
    return "Company " + draw(n, 17, COMPANIES);
  }

  static List<String> interests(int n) {
    int first = draw(n, 18, INTERESTS.size());
    int second = (first + 1 + draw(n, 19, INTERESTS.size() - 1)) % INTERESTS.size();
    return List.of(INTERESTS.get(Math.min(first, second)), INTERESTS.get(Math.max(first, second)));
  }

  static String reference(int n) {
    return String.format(Locale.ROOT, "REF-%09d", n);
  }

  static String email(int n) {
    return "lead" + n + "@example.test";
  }

  /**
   * The values of lead number n, all fields filled.
   *
   * @param today the day that its dates lie around
   */
  static ObjectNode values(int n, LocalDate today) {
    ObjectNode values =
        Json.object()
            .put("firstName", "Asha" + n)
            .put("lastName", "Rao" + (char) ('a' + draw(n, 20, LAST_NAMES) % 26))
            .put("email", email(n))
            .put("phone", String.format(Locale.ROOT, "+9198%08d", n % 100_000_000))
            .put("company", company(n))
            .put("city", city(n))
            .put("source", source(n))
            .put("reference", reference(n))
            .put("campaign", campaign(n))
            .put("product", product(n))
            .put("region", region(n));
    for (int i = 1; i <= 4; i++) {
      values.put("remark_" + i, "Said on the phone that number " + draw(n, 20 + i, 1_000));
    }
    values
        .put("tier", tier(n))
        .put("segment", segment(n))
        .put("channel", of(CHANNELS, n, 25))
        .put("language", language(n))
        .put("shift", of(SHIFTS, n, 26))
        .put("plan", of(PLANS, n, 27));
    ArrayNode interests = values.putArray("interests");
    interests(n).forEach(interests::add);
    values.putArray("spoken").add(language(n));
    values
        .put("visits", visits(n))
        .put("head_count", headCount(n))
        .put("calls", calls(n))
        .put("orders", draw(n, 28, 50))
        .put("returns", draw(n, 29, 10))
        .put("tickets", draw(n, 30, 30))
        .put("seats", draw(n, 31, 500))
        .put("discount", discount(n))
        .put("ratio_1", draw(n, 32, 10_000) / 100.0)
        .put("ratio_2", draw(n, 33, 10_000) / 100.0)
        .put("ratio_3", draw(n, 34, 10_000) / 100.0)
        .put("budget", budget(n))
        .put("deal_size", dealSize(n))
        .put("spent", draw(n, 35, 100_000))
        .put("subscribed", subscribed(n))
        .put("vip", vip(n))
        .put("agreed", draw(n, 36, 2) == 0)
        .put("trial", draw(n, 37, 5) == 0)
        .put("renewal", day(today, draw(n, 38, 545) - 180))
        .put("first_visit", day(today, -draw(n, 39, 900)))
        .put("founded", day(today, -365 - draw(n, 40, 9_000)))
        .put("last_seen", moment(today, -1 - draw(n, 41, 365), draw(n, 42, 86_400)))
        .put("next_call", moment(today, 1 + draw(n, 43, 60), draw(n, 44, 86_400)))
        .put("profile", "https://example.test/people/" + n);
    return values;
  }

  private static String day(LocalDate today, int days) {
    return today.plusDays(days).toString();
  }

  private static String moment(LocalDate today, int days, int second) {
    return today.plusDays(days).atStartOfDay(ZoneOffset.UTC).plusSeconds(second).toInstant() + "";
  }

  /** Writes leads as a CSV file whose columns are named like the fields. */
  static void write(Path file, int from, int until, LocalDate today) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int n = from - 1; n < until; n++) {
        StringBuilder line = new StringBuilder(700);
        Iterator<Map.Entry<String, JsonNode>> values = values(Math.max(n, from), today).fields();
        while (values.hasNext()) {
          Map.Entry<String, JsonNode> value = values.next();
          line.append(line.isEmpty() ? "" : ",")
              .append(n < from ? value.getKey() : text(value.getValue()));
        }
        writer.append(line).append('\n');
      }
    }
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> texts = new ArrayList<>();
    value.forEach(one -> texts.add(one.asText()));
    return String.join(";", texts);
  }

  private static String of(List<String> choices, int n, int salt) {
    return choices.get(draw(n, salt, choices.size()));
  }

  /** A number below the bound that looks like chance and is always the same. */
  static int draw(int n, int salt, int bound) {
    long mixed = (n + 1L) * 0x9E3779B97F4A7C15L + salt * 0xC2B2AE3D27D4EB4FL;
    mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
    mixed ^= mixed >>> 32;
    return (int) Long.remainderUnsigned(mixed, bound);
  }
}
