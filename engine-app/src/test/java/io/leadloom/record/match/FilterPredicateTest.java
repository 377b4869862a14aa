package io.leadloom.record.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.Lists;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.schema.type.ChoiceDefinitions;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A filter in memory says of each record what a search says, and names the moment at which searches change their mind. */
@LeadloomTest(properties = "leadloom.account.time-zone=Europe/Berlin")
class FilterPredicateTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Two days before the clocks of Berlin are put forward. */
  private static final Instant NOW = Instant.parse("2026-03-27T10:20:30.123456Z");

  @Autowired Records records;
  @Autowired Lists lists;
  @Autowired Schemas schemas;
  @Autowired FieldDefinitions definitions;
  @Autowired ChoiceDefinitions choices;
  @Autowired MutableClock clock;
  @Autowired TransactionTemplate transactions;

  private final String group = UUID.randomUUID().toString();
  private final Map<FieldType, Field> custom = new HashMap<>();
  private long list;

  @BeforeEach
  void makeFields() {
    clock.setTo(NOW);
    renamedStage();
    for (FieldType type :
        List.of(
            FieldType.TEXT,
            FieldType.DECIMAL,
            FieldType.MONEY,
            FieldType.BOOLEAN,
            FieldType.DATE,
            FieldType.DATE_TIME,
            FieldType.MULTI_SELECT)) {
      String label = "Match " + type;
      Field known =
          schemas.latest().fields(EntityType.LEAD).stream()
              .filter(field -> field.label().equals(label))
              .findFirst()
              .orElse(null);
      custom.put(
          type,
          known != null
              ? known
              : definitions.create(
                  EntityType.LEAD,
                  null,
                  new NewField(
                      null,
                      label,
                      type,
                      null,
                      false,
                      false,
                      true,
                      type == FieldType.MULTI_SELECT ? RandomFilters.OPTIONS : List.of(),
                      null,
                      null,
                      Field.Limits.NONE)));
    }
    list = lists.create("Match " + group, null, null).id();
  }

  /** A stage that records keep by another name than the one it is shown with. */
  private void renamedStage() {
    if (schemas.latest().choices("stage").stream().noneMatch(c -> c.label().equals("Warm"))) {
      long id = choices.create("stage", named("Lukewarm")).id();
      choices.change("stage", id, named("Warm"));
    }
  }

  private static ChoiceDefinitions.ChangedChoice named(String label) {
    return new ChoiceDefinitions.ChangedChoice(label, null, null, null, null, null, null, null);
  }

  private String key(FieldType type) {
    return Objects.requireNonNull(custom.get(type)).key();
  }

  private static <T> T any(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Instant moment(Random random) {
    // Many close to borders of days and to the change of the clocks.
    Instant at = NOW.plus(random.nextInt(40 * 24) - 20 * 24, ChronoUnit.HOURS);
    return switch (random.nextInt(4)) {
      case 0 -> at.atZone(BERLIN).toLocalDate().atStartOfDay(BERLIN).toInstant();
      case 1 -> at.truncatedTo(ChronoUnit.HOURS);
      case 2 -> at.minus(random.nextInt(3), ChronoUnit.MICROS);
      default -> at;
    };
  }

  private List<RecordRef> makeRecords(Random random, int count) {
    List<RecordCommand> commands = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values values = Values.of("zip", group).with("lastName", any(random, RandomFilters.TEXTS));
      put(random, values, "city", any(random, RandomFilters.TEXTS));
      put(random, values, "score", (long) random.nextInt(6));
      put(random, values, "stage", any(random, List.of("Prospect", "Warm", "Opportunity")));
      put(random, values, "starred", random.nextBoolean());
      put(random, values, "lastActivityAt", moment(random));
      put(random, values, key(FieldType.TEXT), any(random, RandomFilters.TEXTS));
      put(random, values, key(FieldType.DECIMAL), new BigDecimal(random.nextInt(5) + ".50"));
      put(
          random,
          values,
          key(FieldType.MONEY),
          new Money(new BigDecimal(random.nextInt(5)), "EUR"));
      put(random, values, key(FieldType.BOOLEAN), random.nextBoolean());
      put(random, values, key(FieldType.DATE), LocalDate.ofInstant(moment(random), BERLIN));
      put(random, values, key(FieldType.DATE_TIME), moment(random));
      put(random, values, key(FieldType.MULTI_SELECT), List.of(any(random, RandomFilters.OPTIONS)));
      commands.add(new RecordCommand.Create(EntityType.LEAD, values));
    }
    List<RecordRef> refs = new ArrayList<>();
    for (WriteResult result : records.write(commands, CAUSE)) {
      refs.add(((WriteResult.Written) result).ref());
    }
    List<RecordCommand> marks = new ArrayList<>();
    for (RecordRef ref : refs) {
      if (random.nextInt(3) == 0) {
        marks.add(
            new RecordCommand.AddTags(ref, Set.of(any(random, List.of("Match A", "match b")))));
      }
      if (random.nextInt(3) == 0) {
        marks.add(new RecordCommand.AddToList(ref, list));
      }
      if (random.nextInt(2) == 0) {
        marks.add(
            new RecordCommand.Create(
                EntityType.ACTIVITY,
                any(random, List.of("payment", "email-sent")),
                Values.of("lead", ref.id()).with("happenedAt", moment(random))));
      }
    }
    assertThat(records.write(marks, CAUSE)).allMatch(WriteResult.Written.class::isInstance);
    RecordRef trashed = refs.get(0);
    records.write(List.of(new RecordCommand.Trash(trashed, null)), CAUSE);
    return refs;
  }

  private static void put(Random random, Values values, String key, Object value) {
    if (random.nextInt(4) > 0) {
      values.with(key, value);
    }
  }

  private Set<Long> searched(String text) {
    Filter filter = FilterGrammar.parse("zip = \"" + group + "\" and (" + text + ")");
    Set<Long> found = new HashSet<>();
    records.eachId(EntityType.LEAD, filter, 200, found::addAll);
    return found;
  }

  private Map<Long, Facts> facts(List<RecordRef> refs) {
    return Objects.requireNonNull(
        transactions.execute(
            status -> {
              RecordSession session = records.open();
              session.preload(EntityType.LEAD, refs.stream().map(RecordRef::id).toList());
              Map<Long, Facts> facts = new HashMap<>();
              for (RecordRef ref : refs) {
                Record record = session.get(ref).orElseThrow();
                Map<String, Instant> last = new HashMap<>();
                session
                    .activities(EntityType.LEAD, List.of(ref.id()), Set.of(), Instant.EPOCH)
                    .forEach(
                        activity ->
                            last.merge(
                                String.valueOf(activity.activityType()),
                                (Instant)
                                    Objects.requireNonNull(activity.values().get("happenedAt")),
                                (a, b) -> a.isAfter(b) ? a : b));
                facts.put(ref.id(), new Facts(record, session.tags(ref), session.lists(ref), last));
              }
              return facts;
            }));
  }

  private FilterPredicate predicate(String text) {
    return FilterPredicate.compile(
        FilterGrammar.parse(text), EntityType.LEAD, schemas.current(), BERLIN);
  }

  private static Set<Long> matching(FilterPredicate predicate, Map<Long, Facts> facts, Instant at) {
    return facts.entrySet().stream()
        .filter(entry -> predicate.test(entry.getValue(), at))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  void randomFiltersSayOfRandomRecordsWhatSearchesSay() {
    Random random = new Random(20260327);
    Map<Long, Facts> facts = facts(makeRecords(random, 60));
    RandomFilters filters = new RandomFilters(random, this::key, list);
    for (int i = 0; i < 400; i++) {
      String text = filters.filter(3);
      Instant at = NOW.plus(random.nextInt(96), ChronoUnit.HOURS);
      clock.setTo(at);
      assertThat(matching(predicate(text), facts, at)).as(text).isEqualTo(searched(text));
    }
  }

  @Test
  void theNextChangeIsTheMomentAtWhichSearchesChangeTheirAnswer() {
    Random random = new Random(7);
    Map<Long, Facts> facts = facts(makeRecords(random, 25));
    RandomFilters filters = new RandomFilters(random, this::key, list);
    int changes = 0;
    for (int i = 0; i < 60; i++) {
      String text = filters.filter(2);
      FilterPredicate predicate = predicate(text);
      Instant next = null;
      for (Facts each : facts.values()) {
        next = earlier(next, predicate.nextChange(each, NOW));
      }
      if (next == null) {
        continue;
      }
      changes++;
      clock.setTo(NOW);
      Set<Long> before = searched(text);
      clock.setTo(next.minus(1, ChronoUnit.MICROS));
      assertThat(searched(text)).as("just before: " + text).isEqualTo(before);
      clock.setTo(next);
      assertThat(searched(text)).as("then: " + text).isNotEqualTo(before);
      assertThat(matching(predicate, facts, next)).as(text).isEqualTo(searched(text));
    }
    assertThat(changes).isGreaterThan(10);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }

  @Test
  void answersThatNoTimeChangesHaveNoNextChange() {
    Random random = new Random(3);
    Map<Long, Facts> facts = facts(makeRecords(random, 10));
    for (String text :
        List.of("city = \"pune\"", "lastActivityAt on weekday sunday", "createdAt < 2020-01-01")) {
      FilterPredicate predicate = predicate(text);
      assertThat(predicate.reads().moving()).isFalse();
      facts.values().forEach(each -> assertThat(predicate.nextChange(each, NOW)).isNull());
    }
    // It moves, but the other condition keeps the answer as it is.
    FilterPredicate never = predicate("zip = \"nobody\" and createdAt within last 7 days");
    facts.values().forEach(each -> assertThat(never.nextChange(each, NOW)).isNull());
  }
}
