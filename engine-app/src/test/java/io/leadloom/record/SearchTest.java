package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Records.Search;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.index.IndexAnswers;
import io.leadloom.record.index.IndexedSearch;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(properties = "leadloom.account.time-zone=Europe/Berlin")
class SearchTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final Instant NOW = Instant.parse("2026-03-30T10:00:00Z");

  @Autowired private Records records;
  @Autowired private MutableClock clock;
  @Autowired private TransactionTemplate transaction;
  @Autowired private IndexedSearch index;
  @Autowired private JdbcTemplate jdbc;

  private final String group = UUID.randomUUID().toString();

  @BeforeEach
  void stopTheClock() {
    clock.setTo(NOW);
  }

  @BeforeEach
  void awaitTheIndex() {
    IndexAnswers.awaitThem(index, records);
  }

  private RecordRef lead(Values values) {
    WriteResult result =
        records
            .write(
                List.of(new RecordCommand.Create(EntityType.LEAD, values.with("zip", group))),
                CAUSE)
            .get(0);
    assertThat(result).isInstanceOf(Written.class);
    return ((Written) result).ref();
  }

  private Set<String> companies(String filter) {
    Filter whole = FilterGrammar.parse("zip = \"" + group + "\" and (" + filter + ")");
    long before = index.answers();
    Set<String> byIndex = companies(whole);
    assertThat(index.answers()).as("answered by the index: %s", filter).isGreaterThan(before);
    before = index.answers();
    Set<String> bySql = transaction.execute(status -> companies(whole));
    assertThat(index.answers()).as("answered by SQL: %s", filter).isEqualTo(before);
    assertThat(bySql).as("by SQL: %s", filter).isEqualTo(byIndex);
    return byIndex;
  }

  private Set<String> companies(Filter whole) {
    return records
        .search(new Search(EntityType.LEAD, whole, Set.of(), null, false, null, 200, false))
        .items()
        .stream()
        .map(record -> String.valueOf(record.values().text("company")))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      textBlock =
          """
          city = "PUNE"                               | a
          city != "pune"                              | b c d
          not city = "pune"                           | b c d
          city contains "o"                           | b
          city not contains "o"                       | a c d
          city starts with "g"                        | b
          city ends with "UNE"                        | a
          city in ("Pune", "Goa")                     | a b
          city not in ("Pune", "Goa")                 | c d
          city is empty                               | d
          city is not empty                           | a b c
          city contains "%"                           | c
          city contains "_"                           |
          score between 5 and 10                      | a b
          score > 10                                  | c
          score >= 10                                 | b c
          score < 5                                   | d
          score != 10                                 | a c d
          starred = true                              | a
          starred = false                             | b c d
          source in ("web", "Referral")               | a b
          lastActivityAt within last 2 days           | a
          lastActivityAt within last 1 weeks          | a b
          lastActivityAt within next 1 days           | c
          lastActivityAt on 2026-03-29                | a
          lastActivityAt on today                     |
          lastActivityAt < now                        | a b
          lastActivityAt after 2026-03-29T00:30       | c
          lastActivityAt on weekday sunday            | a
          lastActivityAt on weekday (tuesday, friday) | b c
          lastActivityAt is empty                     | d
          city = "pune" or score > 10 and not starred = true | a c
          has tag "Vip"                               | a
          has no tag "vip"                            | b c d
          has activity "payment"                      | b
          has activity "payment" within last 3 days   |
          has no activity "payment"                   | a c d
          """)
  void filtersFindWhatTheySay(String filter, @Nullable String expected) {
    // Berlin changed to summer time on 2026-03-29: 22:30 UTC of the 28th is 23:30 there, 22:30 UTC
    // of the 29th is the 30th.
    RecordRef a =
        lead(
            Values.of("company", "a")
                .with("city", "Pune")
                .with("score", 5L)
                .with("starred", true)
                .with("source", "Web")
                .with("lastActivityAt", Instant.parse("2026-03-28T23:15:00Z")));
    RecordRef b =
        lead(
            Values.of("company", "b")
                .with("city", "goa")
                .with("score", 10L)
                .with("source", "Referral")
                .with("lastActivityAt", Instant.parse("2026-03-26T23:30:00Z")));
    lead(
        Values.of("company", "c")
            .with("city", "100%")
            .with("score", 11L)
            .with("lastActivityAt", Instant.parse("2026-03-30T22:30:00Z")));
    lead(Values.of("company", "d"));
    Instant paid = Instant.parse("2026-03-26T10:00:00Z");
    records.write(
        List.of(
            new RecordCommand.AddTags(a, Set.of("vip")),
            new RecordCommand.Create(
                EntityType.ACTIVITY, "payment", Values.of("lead", b.id()).with("happenedAt", paid)),
            new RecordCommand.Update(b, null, Values.of("score", 10L))),
        CAUSE);
    Set<String> wanted = expected == null ? Set.of() : Set.of(expected.split(" "));
    assertThat(companies(filter)).as(filter).isEqualTo(wanted);
  }

  @Test
  void recordsAreFoundByTheirIds() {
    List<Long> ids = new ArrayList<>();
    for (String company : List.of("a", "b", "c")) {
      ids.add(lead(Values.of("company", company)).id());
    }
    assertThat(companies("id = " + ids.get(1))).containsExactly("b");
    assertThat(companies("ID in (" + ids.get(0) + ", " + ids.get(2) + ", 99)"))
        .containsExactlyInAnyOrder("a", "c");
    assertThat(companies("id != " + ids.get(1))).containsExactlyInAnyOrder("a", "c");
    assertThat(companies("id not in (" + ids.get(0) + ")")).containsExactlyInAnyOrder("b", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id = \"many\"",
        "id > 5",
        "nope = 1",
        "score contains \"1\"",
        "score = \"many\"",
        "city changed",
        "has activity \"nope\"",
        "createdAt > \"yesterday\"",
        "starred > true"
      })
  void filtersThatDoNotFitAreRefused(String filter) {
    assertThatThrownBy(() -> companies(filter)).isInstanceOf(RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"city", "score", "lastActivityAt", "starred", "company"})
  void pagesOfEverySortHoldEachRecordOnceInOrder(String sort) {
    Random random = new Random(7);
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Values values = Values.of("zip", group);
      if (random.nextBoolean()) {
        values.with("city", "c" + random.nextInt(5)).with("company", "C" + random.nextInt(9));
      }
      if (random.nextBoolean()) {
        values.with("score", (long) random.nextInt(4)).with("starred", random.nextBoolean());
        values.with("lastActivityAt", NOW.minusSeconds(random.nextInt(5)));
      }
      commands.add(new RecordCommand.Create(EntityType.LEAD, values));
    }
    records.write(commands, CAUSE);
    for (boolean descending : new boolean[] {false, true}) {
      List<Record> seen = new ArrayList<>();
      String cursor = null;
      do {
        Page<Record> page =
            records.search(
                new Search(
                    EntityType.LEAD,
                    FilterGrammar.parse("zip = \"" + group + "\""),
                    Set.of(),
                    sort,
                    descending,
                    cursor,
                    7,
                    true));
        assertThat(page.total()).isEqualTo(40);
        seen.addAll(page.items());
        cursor = page.next();
      } while (cursor != null);
      assertThat(new HashSet<>(seen.stream().map(Record::ref).toList())).hasSize(40);
      assertThat(seen).hasSize(40);
      Comparator<Record> order =
          Comparator.comparing(
              record -> key(record, sort), Comparator.nullsFirst(String::compareTo));
      assertThat(seen).isSortedAccordingTo(descending ? order.reversed() : order);
    }
  }

  private static @Nullable String key(Record record, String sort) {
    Object value = record.values().get(sort);
    if (value instanceof Long number) {
      return String.format(Locale.ROOT, "%05d", number);
    }
    return value == null ? null : value.toString().toLowerCase(Locale.ROOT);
  }

  @Test
  void randomFiltersFindExactlyWhatAPlainLoopFinds() {
    Random random = new Random(20260330);
    Map<Long, Values> all = new TreeMap<>();
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Values values = Values.of("zip", group);
      if (random.nextInt(4) > 0) {
        values.with("city", text(random));
      }
      if (random.nextInt(4) > 0) {
        values.with("score", (long) random.nextInt(6));
      }
      if (random.nextInt(4) > 0) {
        values.with("lastActivityAt", NOW.plusSeconds(random.nextInt(7200) - 3600L));
      }
      commands.add(new RecordCommand.Create(EntityType.LEAD, values));
    }
    for (WriteResult result : records.write(commands, CAUSE)) {
      RecordRef ref = ((Written) result).ref();
      all.put(ref.id(), records.find(ref).orElseThrow().values());
    }
    for (int i = 0; i < 300; i++) {
      Sample test = test(random, 3);
      Set<Long> expected =
          all.entrySet().stream()
              .filter(entry -> test.oracle().test(entry.getValue()))
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
      Set<Long> found = new HashSet<>();
      Filter filter = FilterGrammar.parse("zip = \"" + group + "\" and (" + test.text() + ")");
      records.eachId(EntityType.LEAD, filter, 17, found::addAll);
      assertThat(found).as(test.text()).isEqualTo(expected);
      assertThat(records.count(EntityType.LEAD, filter)).isEqualTo(expected.size());
      Set<Long> bySql = new HashSet<>();
      transaction.executeWithoutResult(
          status -> records.eachId(EntityType.LEAD, filter, 17, bySql::addAll));
      assertThat(bySql).as("by SQL: %s", test.text()).isEqualTo(expected);
    }
  }

  /** A filter as text and what it means. */
  private record Sample(String text, Predicate<Values> oracle) {}

  private static String text(Random random) {
    List<String> texts = List.of("Pune", "pune", "P_ne", "100%", "Köln", "KÖLN", "a!b", "x y");
    return texts.get(random.nextInt(texts.size()));
  }

  private static Sample test(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 6);
    if (kind == 6) {
      Sample part = test(random, depth - 1);
      return new Sample("not (" + part.text() + ")", part.oracle().negate());
    }
    if (kind > 6) {
      Sample one = test(random, depth - 1);
      Sample other = test(random, depth - 1);
      boolean and = kind == 7;
      return new Sample(
          "(" + one.text() + ")" + (and ? " and " : " or ") + "(" + other.text() + ")",
          and ? one.oracle().and(other.oracle()) : one.oracle().or(other.oracle()));
    }
    String text = text(random).toLowerCase(Locale.ROOT);
    long number = random.nextInt(5);
    return switch (kind) {
      case 0 -> new Sample("city = \"" + text + "\"", values -> text.equals(city(values)));
      case 1 -> new Sample("city != \"" + text + "\"", values -> !text.equals(city(values)));
      case 2 -> {
        String part = text.substring(1, 3);
        yield new Sample(
            "city contains \"" + part + "\"",
            values -> city(values) != null && String.valueOf(city(values)).contains(part));
      }
      case 3 ->
          new Sample(
              "score between " + number + " and 4",
              values -> values.get("score") instanceof Long score && score >= number && score <= 4);
      case 4 ->
          new Sample(
              "score in (" + number + ", 5)",
              values ->
                  values.get("score") instanceof Long score
                      && Arrays.asList(number, 5L).contains(score));
      default ->
          new Sample(
              "lastActivityAt within last " + (number + 1) * 5 + " minutes",
              values ->
                  values.get("lastActivityAt") instanceof Instant at
                      && !at.isAfter(NOW)
                      && !at.isBefore(NOW.minusSeconds((number + 1) * 300)));
    };
  }

  private static @Nullable String city(Values values) {
    String city = values.text("city");
    return city == null ? null : city.toLowerCase(Locale.ROOT);
  }

  @Test
  void theDatabaseAnswersWhenPagesOfTheIndexHaveGone() {
    RecordRef kept = lead(Values.of("company", "kept"));
    List<Long> gone = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      gone.add(lead(Values.of("company", "gone")).id());
    }
    Filter whole = FilterGrammar.parse("zip = \"" + group + "\"");
    assertThat(records.count(EntityType.LEAD, whole)).isEqualTo(11);
    // Without a word in the journal, as though the index were behind.
    transaction.executeWithoutResult(
        status -> gone.forEach(id -> jdbc.update("delete from leads where id = ?", id)));
    long before = index.answers();
    Page<Record> page =
        records.search(new Search(EntityType.LEAD, whole, Set.of(), null, false, null, 1, false));
    assertThat(page.items()).extracting(Record::ref).containsExactly(kept);
    assertThat(page.next()).isNull();
    assertThat(index.answers() - before).isEqualTo(3);
  }
}
