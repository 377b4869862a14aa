package io.leadloom.sample;

import io.leadloom.schema.Money;
import io.leadloom.schema.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.datafaker.Faker;

/** Invents companies and people. Addresses end in {@code .example}, so that no mail ever reaches anybody. */
final class SamplePeople {

  private static final int NAMES = 300;
  private static final List<String> INDUSTRIES =
      List.of(
          "Education",
          "Financial services",
          "Software",
          "Manufacturing",
          "Retail",
          "Healthcare",
          "Real estate",
          "Logistics",
          "Hospitality",
          "Consulting");
  private static final List<String> SOURCES =
      List.of(
          "Web",
          "Referral",
          "Google",
          "Facebook",
          "Online",
          "Phone",
          "E-mail",
          "Walk-in",
          "Event",
          "Partner");
  private static final int[] SOURCE_WEIGHTS = {26, 14, 14, 12, 8, 7, 6, 5, 5, 3};
  private static final List<String> ORIGINS =
      List.of("Landing page", "Contact form", "Lead ad", "Call centre", "Trade fair", "Newsletter");
  private static final List<String> STAGES = List.of("Prospect", "Opportunity", "Customer");
  private static final List<List<String>> STATUSES =
      List.of(
          List.of("New", "Contacted", "Qualified"),
          List.of("Proposal sent", "Negotiation"),
          List.of("Won"));
  private static final List<String> JOBS =
      List.of(
          "Software engineer",
          "Sales manager",
          "Accountant",
          "Teacher",
          "Founder",
          "Product manager",
          "Nurse",
          "Student",
          "Operations lead",
          "Marketing manager",
          "Architect",
          "Consultant");
  private static final int[] PLACE_WEIGHTS = Place.ALL.stream().mapToInt(Place::weight).toArray();

  private final Draw draw;
  private final Instant now;
  private final Map<String, List<String>> firstNames = new HashMap<>();
  private final Map<String, List<String>> lastNames = new HashMap<>();
  private final List<String> companies = new ArrayList<>();

  SamplePeople(Random random, Instant now) {
    this.draw = new Draw(random);
    this.now = now;
    // Names are drawn from lists made once: asking the library for each person would take most of
    // the start.
    for (Place place : Place.ALL) {
      if (!firstNames.containsKey(place.names())) {
        Faker faker = new Faker(Locale.forLanguageTag(place.names()), random);
        firstNames.put(place.names(), names(() -> faker.name().firstName()));
        lastNames.put(place.names(), names(() -> faker.name().lastName()));
      }
    }
    Faker faker = new Faker(Locale.ENGLISH, random);
    Set<String> unique = new LinkedHashSet<>();
    while (unique.size() < NAMES) {
      unique.add(faker.company().name());
    }
    companies.addAll(unique);
  }

  private static List<String> names(java.util.function.Supplier<String> source) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      names.add(source.get());
    }
    return names;
  }

  Draw draw() {
    return draw;
  }

  int companies() {
    return companies.size();
  }

  Place place() {
    return Place.ALL.get(draw.weighted(PLACE_WEIGHTS));
  }

  Values account(int index, Place place, long owner) {
    Values values =
        Values.of("name", companies.get(index))
            .with("website", "https://www." + slug(companies.get(index)) + ".example")
            .with("tin", String.format(Locale.ROOT, "TIN%08d", 20_000_000 + index * 37))
            .with("phone", phone(place, 500_000 + index))
            .with("industry", draw.one(INDUSTRIES))
            .with("stage", STAGES.get(draw.weighted(60, 25, 15)))
            .with("employees", (long) draw.between(1, 40) * draw.between(1, 60))
            .with(
                "annualRevenue",
                new Money(BigDecimal.valueOf(draw.between(5, 5_000) * 100_000L), "INR"))
            .with("owner", owner)
            .with("createdAt", draw.past(now, 700));
    return at(values, place);
  }

  /** The values of the lead and, through it, of its contact. */
  Values lead(int index, Place place, long owner) {
    String first = draw.one(firstNames.getOrDefault(place.names(), List.of()));
    String last = draw.one(lastNames.getOrDefault(place.names(), List.of()));
    int stage = draw.weighted(64, 25, 11);
    String mail =
        slug(first) + "." + slug(last) + index + "@" + slug(draw.one(companies)) + ".example";
    Values values =
        Values.of("firstName", first)
            .with("lastName", last)
            .with("email", mail)
            .with("phone", phone(place, index))
            .with("jobTitle", draw.one(JOBS))
            .with("source", SOURCES.get(draw.weighted(SOURCE_WEIGHTS)))
            .with("origin", draw.one(ORIGINS))
            .with("stage", STAGES.get(stage))
            .with("status", draw.one(STATUSES.get(stage)))
            .with("group", draw.percent(70) ? "Private" : "Business")
            .with("rating", List.of("Hot", "Warm", "Cold").get(draw.weighted(15, 45, 40)))
            .with("owner", owner)
            .with("starred", draw.percent(6))
            .with("doNotCall", draw.percent(3))
            .with("doNotEmail", draw.percent(4))
            .with("createdAt", draw.past(now, 180));
    interest(values);
    return at(values, place).with("zip", place.zip());
  }

  private void interest(Values values) {
    values.with(SampleFields.PRODUCT, draw.one(SampleFields.PRODUCTS));
    if (draw.percent(60)) {
      values.with(
          SampleFields.BUDGET,
          new Money(BigDecimal.valueOf(draw.between(2, 400) * 25_000L), "INR"));
    }
    if (draw.percent(50)) {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      values.with(SampleFields.START, today.plusDays(draw.between(-30, 120)));
    }
    if (draw.percent(30)) {
      values.with(SampleFields.CHANNELS, List.of(draw.one(SampleFields.ALL_CHANNELS)));
    }
  }

  private static Values at(Values values, Place place) {
    return values
        .with("city", place.city())
        .with("state", place.state())
        .with("country", place.country());
  }

  /** A number of the right length for the place, different for each index below 1,000,000. */
  private static String phone(Place place, int index) {
    int digits = place.inIndia() ? 5 : place.dialling().startsWith("+65") ? 6 : 7;
    int space = (int) Math.pow(10, digits);
    return place.dialling()
        + String.format(Locale.ROOT, "%0" + digits + "d", (index * 7_919L + 10_007) % space);
  }

  private static String slug(String text) {
    String plain = java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFD);
    String slug =
        plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "x" : slug;
  }
}
