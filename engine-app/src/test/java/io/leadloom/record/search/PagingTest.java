package io.leadloom.record.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.Records.Search;
import io.leadloom.record.WriteResult;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.record.index.IndexAnswers;
import io.leadloom.record.index.IndexedSearch;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Pages hold what a plain sort says, and a page far from the beginning costs what the first one costs. */
@LeadloomTest
class PagingTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final Instant NOW = Instant.parse("2026-03-30T10:00:00Z");
  private static final int MANY = 3_000;
  private static final int PAGE = 50;

  @Autowired private Records records;
  @Autowired private RecordSearch search;
  @Autowired private IndexedSearch index;
  @Autowired private Schemas schemas;
  @Autowired private FieldDefinitions definitions;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;

  private RowsRead rows;

  @BeforeEach
  void count() {
    rows = new RowsRead(jdbc, transaction);
  }

  private final String group = UUID.randomUUID().toString();

  private String field(FieldType type) {
    NewField wanted =
        new NewField(
            null,
            "Paged " + type,
            type,
            null,
            false,
            false,
            null,
            List.of(),
            null,
            null,
            Limits.NONE);
    return definitions.create(EntityType.LEAD, null, wanted).key();
  }

  @Test
  void pagesOfEveryOrderAreThoseOfAPlainSort() {
    clock.setTo(NOW);
    List<String> own =
        List.of(
            field(FieldType.TEXT),
            field(FieldType.WHOLE_NUMBER),
            field(FieldType.DECIMAL),
            field(FieldType.BOOLEAN),
            field(FieldType.DATE),
            field(FieldType.DATE_TIME));
    Random random = new Random(11);
    List<Record> all = new ArrayList<>();
    for (int batch = 0; batch < 4; batch++) {
      all.addAll(written(random, own));
      clock.advance(Duration.ofMillis(1));
    }
    List<String> sorts = new ArrayList<>(own);
    sorts.addAll(
        List.of(
            "city", "score", "starred", "lastActivityAt", "createdAt", "flag", "source", "stage"));
    for (String sort : sorts) {
      for (boolean descending : new boolean[] {false, true}) {
        Comparator<Record> order = byValue(sort).thenComparing(record -> record.ref().id());
        List<Record> expected = new ArrayList<>(all);
        expected.sort(descending ? order.reversed() : order);
        for (int size : new int[] {1, 2 + random.nextInt(6), 37, 200}) {
          assertThat(paged(sort, descending, size, false))
              .as("%s %s by %s", sort, descending, size)
              .containsExactlyElementsOf(ids(expected));
        }
      }
    }
  }

  @Test
  void theTrashIsPagedByTheTimeOfTrashing() {
    clock.setTo(NOW);
    List<Record> all = new ArrayList<>(written(new Random(5), List.of()));
    Collections.shuffle(all, new Random(6));
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 10) {
      clock.advance(Duration.ofSeconds(1));
      List<RecordRef> some =
          all.subList(i, Math.min(all.size(), i + 10)).stream().map(Record::ref).toList();
      trash(some);
      expected.addAll(
          0, some.stream().map(RecordRef::id).sorted(Comparator.reverseOrder()).toList());
    }
    assertThat(paged(null, false, 7, true)).isEqualTo(expected);

    List<RecordRef> back = expected.subList(3, 9).stream().map(RecordRef::lead).toList();
    records.write(
        back.stream().map(ref -> (RecordCommand) new RecordCommand.Restore(ref)).toList(), CAUSE);
    clock.advance(Duration.ofSeconds(1));
    trash(back.subList(0, 1));
    expected.removeAll(back.stream().map(RecordRef::id).toList());
    expected.add(0, back.get(0).id());
    assertThat(paged(null, false, 7, true)).isEqualTo(expected);
  }

  @Test
  void aPageOfTheTrashReadsAsFewRowsHoweverMuchIsInIt() {
    clock.setTo(NOW);
    for (int batch = 0; batch < 8; batch++) {
      trash(written(new Random(batch), List.of()).stream().map(Record::ref).toList());
      clock.advance(Duration.ofSeconds(1));
    }
    String cursor = null;
    do {
      Search page =
          new Search(EntityType.LEAD, Filter.ALL, Set.of(), null, false, cursor, 10, false);
      for (SqlCondition part :
          search.plan(page, true, schemas.current(), Rights.system()).parts()) {
        assertThat(rows.read(part)).as(part.sql()).isLessThanOrEqualTo(100);
      }
      cursor = search.page(page, true, Rights.system()).next();
    } while (cursor != null);
  }

  private void trash(List<RecordRef> refs) {
    List<RecordCommand> commands = new ArrayList<>();
    refs.forEach(ref -> commands.add(new RecordCommand.Trash(ref, null)));
    assertThat(records.write(commands, CAUSE)).hasOnlyElementsOfType(Written.class);
  }

  private List<Record> written(Random random, List<String> own) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Values values = Values.of("zip", group);
      if (random.nextInt(3) > 0) {
        values.with("city", "c" + random.nextInt(5)).with("score", random.nextInt(4) - 2L);
      }
      if (random.nextInt(3) > 0) {
        values.with("starred", random.nextBoolean());
        values.with("lastActivityAt", NOW.minusSeconds(random.nextInt(5)));
      }
      if (random.nextInt(3) > 0) {
        values.with("source", choice("source", random)).with("stage", choice("stage", random));
      }
      if (random.nextInt(3) == 0) {
        values.with("flag", random.nextBoolean() ? "By hand" : "Automatic");
      }
      for (String key : own) {
        Field field = schemas.current().field(EntityType.LEAD, key).orElseThrow();
        if (random.nextInt(3) > 0) {
          values.with(key, value(field.type(), random));
        }
      }
      commands.add(new RecordCommand.Create(EntityType.LEAD, values));
    }
    List<Record> written = new ArrayList<>();
    for (WriteResult result : records.write(commands, CAUSE)) {
      written.add(records.find(((Written) result).ref()).orElseThrow());
    }
    return written;
  }

  private String choice(String field, Random random) {
    List<Choice> choices = names(field).choices();
    return choices.get(random.nextInt(choices.size())).label();
  }

  private ChoiceNames names(String field) {
    return Objects.requireNonNull(
        schemas.current().field(EntityType.LEAD, field).orElseThrow().names());
  }

  private static Object value(FieldType type, Random random) {
    int number = random.nextInt(5) - 2;
    return switch (type) {
      case WHOLE_NUMBER -> number * 10_000_000_000L;
      case DECIMAL -> new BigDecimal(number).movePointLeft(1);
      case BOOLEAN -> random.nextBoolean();
      case DATE -> LocalDate.of(2026, 1, 10).plusDays(number);
      case DATE_TIME -> NOW.plusSeconds(number);
      default -> (random.nextBoolean() ? "t" : "T") + number;
    };
  }

  private Comparator<Record> byValue(String sort) {
    if (ChoiceNames.KINDS.contains(sort)) {
      // In the order of the settings, not of their names (PLT-011).
      List<String> labels = names(sort).choices().stream().map(Choice::label).toList();
      return Comparator.comparing(
          record -> {
            Object label = record.values().get(sort);
            return label == null ? -1 : labels.indexOf(label);
          });
    }
    if (sort.equals("flag")) {
      // Whoever set it; the newest before the others among those with one, and those without.
      return Comparator.<Record, Boolean>comparing(record -> record.values().get("flag") != null)
          .thenComparing(byValue("createdAt"));
    }
    return Comparator.comparing(
        record -> comparable(record.values().get(sort)),
        Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  @SuppressWarnings("unchecked") // the values of one field compare with each other
  private static @Nullable Comparable<Object> comparable(@Nullable Object value) {
    return (Comparable<Object>)
        (value instanceof String text ? text.toLowerCase(Locale.ROOT) : value);
  }

  private List<Long> paged(@Nullable String sort, boolean descending, int size, boolean trash) {
    IndexAnswers.awaitThem(index, records);
    Filter filter = FilterGrammar.parse("zip = \"" + group + "\"");
    List<Long> seen = new ArrayList<>();
    String cursor = null;
    boolean byIndex = true;
    do {
      Search wanted =
          new Search(EntityType.LEAD, filter, Set.of(), sort, descending, cursor, size, false);
      long before = index.answers();
      Page<Record> page = search.page(wanted, trash, Rights.system());
      assertThat(index.answers() > before).as("by the index, %s", wanted).isEqualTo(!trash);
      Page<Record> same = bySql(wanted, trash);
      assertThat(ids(same.items())).as("by SQL, %s", wanted).isEqualTo(ids(page.items()));
      assertThat(same.next() == null).isEqualTo(page.next() == null);
      seen.addAll(ids(page.items()));
      // Either goes on from where the other was.
      cursor = byIndex ? page.next() : same.next();
      byIndex = !byIndex;
    } while (cursor != null);
    return seen;
  }

  /** A transaction that may write is answered by the database. */
  private Page<Record> bySql(Search wanted, boolean trash) {
    return Objects.requireNonNull(
        transaction.execute(status -> search.page(wanted, trash, Rights.system())));
  }

  private static List<Long> ids(List<Record> some) {
    return some.stream().map(record -> record.ref().id()).toList();
  }

  @Test
  void aPageFarFromTheBeginningReadsAsFewRowsAsTheFirst() {
    String own = field(FieldType.TEXT);
    Field field = schemas.current().field(EntityType.LEAD, own).orElseThrow();
    long first = 7_000_000_000_000_000L;
    transaction.executeWithoutResult(status -> fill(first, field));
    try {
      // How MySQL joins the table of a field of one's own is up to its statistics.
      for (String sort : List.of("createdAt", "email", rows.h2() ? own : "createdAt")) {
        for (boolean descending : new boolean[] {false, true}) {
          List<Long> pages = rowsReadByPage(sort, descending);
          assertThat(pages).as("pages of %s", sort).hasSizeGreaterThanOrEqualTo(MANY / PAGE);
          assertThat(pages.stream().mapToLong(Long::longValue).sum())
              .as("all rows read by %s, descending %s", sort, descending)
              .isLessThan(15L * PAGE * pages.size());
          if (!sort.equals("email")) {
            // The one page that leaves a value of a thousand leads behind reads past all of them on
            // H2.
            assertThat(pages)
                .as("%s, descending %s", sort, descending)
                .allMatch(n -> n <= 15 * PAGE);
          }
        }
      }
    } finally {
      transaction.executeWithoutResult(
          status -> {
            jdbc.update("delete from leads where id >= ?", first);
            jdbc.update("delete from lead_slot where id >= ?", first);
          });
    }
  }

  /** A third of the leads has no address, a third the same one. */
  private void fill(long first, Field field) {
    List<Object[]> leads =
        LongStream.range(0, MANY)
            .mapToObj(
                i ->
                    new Object[] {
                      first + i,
                      Utc.column(NOW.plusSeconds(i / 7)),
                      Utc.column(NOW),
                      i % 3 == 0 ? null : i % 3 == 1 ? "Pune" : "c" + i % 20,
                      i % 2 == 0 ? "{\"" + field.id() + "\":\"" + i % 50 + "\"}" : null
                    })
            .toList();
    jdbc.batchUpdate(
        "insert into leads (id, version, created_at, updated_at, email, custom) values (?, 1, ?, ?, ?, ?)",
        leads);
    jdbc.batchUpdate(
        "insert into lead_slot (id, " + field.slot() + ") values (?, ?)",
        LongStream.range(0, MANY)
            .filter(i -> i % 2 == 0)
            .mapToObj(i -> new Object[] {first + i, String.valueOf(i % 50)})
            .toList());
    jdbc.execute("analyze" + (rows.h2() ? "" : " table leads, lead_slot"));
  }

  private List<Long> rowsReadByPage(String sort, boolean descending) {
    List<Long> byPage = new ArrayList<>();
    String cursor = null;
    do {
      Search page =
          new Search(EntityType.LEAD, Filter.ALL, Set.of(), sort, descending, cursor, PAGE, false);
      Page<Record> found = bySql(page, false);
      long read = 0;
      long returned = 0;
      for (SqlCondition part :
          search.plan(page, false, schemas.current(), Rights.system()).parts()) {
        if (returned <= PAGE) {
          read += rows.read(part);
          returned +=
              jdbc.queryForList(
                      "select r.id from leads r" + part.sql(),
                      Long.class,
                      part.arguments().toArray())
                  .size();
        }
      }
      byPage.add(read);
      cursor = found.next();
    } while (cursor != null);
    return byPage;
  }
}
