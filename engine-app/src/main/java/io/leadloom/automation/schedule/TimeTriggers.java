package io.leadloom.automation.schedule;

import io.leadloom.automation.card.Duration;
import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.definition.WaitTime;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.support.CronExpression;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks which moments have come since the last look and writes an event for each record concerned. Only records whose
 * moment lies in the stretch of time since then are looked at, in pages; after a downtime the whole stretch is made up for
 * once. While an automation is paused or unpublished its time stands still.
 */
@Component
public class TimeTriggers {

  private static final int PAGE = 500;
  private static final String REMINDERS = "reminders";

  private final PublishedAutomations published;
  private final Moments moments;
  private final Records records;
  private final Journal journal;
  private final Schemas schemas;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Clock clock;

  TimeTriggers(
      PublishedAutomations published,
      Moments moments,
      Records records,
      Journal journal,
      Schemas schemas,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactionManager,
      Clock clock) {
    this.published = published;
    this.moments = moments;
    this.records = records;
    this.journal = journal;
    this.schemas = schemas;
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactionManager);
    this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /** What one trigger does with a stretch of time. */
  private interface Source {

    EntityType type();

    /** Which records could be concerned; null when none is. */
    @Nullable Filter candidates(Instant from, Instant to);

    /** The event for a record; null when its moment is not in the stretch. */
    @Nullable JournalEntry event(Record record, Instant from, Instant to);
  }

  /** Another node has taken over. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Works off what has come since the last look. Returns the number of events written. */
  public int look() {
    PublishedAutomations.State live = published.current();
    TriggerIndex index = live.index();
    Set<String> names = new HashSet<>();
    int written = 0;
    if (index.has(TriggerType.TASK_REMINDER) || live.listens()) {
      names.add(REMINDERS);
      written += workOff(REMINDERS, new Reminders());
    }
    for (TriggerIndex.Starter starter : index.of(TriggerType.DATE_REACHED)) {
      String name = "date " + starter.automationId();
      names.add(name);
      Field field =
          schemas
              .current()
              .field(EntityType.LEAD, Objects.requireNonNull(starter.trigger().field()))
              .orElse(null);
      if (field != null) {
        written += workOff(name, new DateReached(starter, field));
      }
    }
    for (TriggerIndex.Starter starter : index.of(TriggerType.SCHEDULE)) {
      String name = "schedule " + starter.automationId();
      names.add(name);
      written += workOff(name, new Scheduled(starter));
    }
    forgetOthers(names);
    return written;
  }

  private void forgetOthers(Set<String> names) {
    transactions.executeWithoutResult(
        status -> {
          List<String> known =
              jdbc.queryForList("select name from automation_moment", String.class);
          known.stream().filter(name -> !names.contains(name)).forEach(moments::forget);
        });
  }

  private int workOff(String name, Source source) {
    Instant now = clock.instant();
    Moments.Window window = transactions.execute(status -> begin(name, now));
    if (window == null) {
      return 0;
    }
    Instant to = Objects.requireNonNull(window.to());
    Filter filter = source.candidates(window.from(), to);
    int[] written = {0};
    long[] last = {window.lastId()};
    try {
      if (filter != null) {
        records.eachId(
            source.type(),
            filter,
            PAGE,
            ids -> written[0] += page(name, source, window.from(), to, ids, last));
      }
      transactions.executeWithoutResult(status -> moments.done(name, to));
    } catch (Overtaken e) {
      return written[0];
    }
    return written[0];
  }

  private Moments.@Nullable Window begin(String name, Instant now) {
    Optional<Moments.Window> found = moments.lock(name, now);
    if (found.isEmpty()) {
      return null;
    }
    Moments.Window window = found.get();
    if (window.to() != null) {
      return window;
    }
    if (!window.from().isBefore(now)) {
      return null;
    }
    moments.progress(name, now, 0);
    return new Moments.Window(window.from(), now, 0);
  }

  private int page(
      String name, Source source, Instant from, Instant to, List<Long> ids, long[] last) {
    List<Long> open = ids.stream().filter(id -> id > last[0]).toList();
    if (open.isEmpty()) {
      return 0;
    }
    Integer written =
        transactions.execute(
            status -> {
              Moments.Window now = moments.lock(name, to).orElseThrow(Overtaken::new);
              if (!to.equals(now.to()) || now.lastId() != last[0]) {
                throw new Overtaken();
              }
              List<JournalEntry> entries = new ArrayList<>();
              RecordSession session = records.open();
              session.preload(source.type(), open);
              for (long id : open) {
                session
                    .get(new RecordRef(source.type(), id))
                    .filter(record -> record.trashedAt() == null)
                    .map(record -> source.event(record, from, to))
                    .ifPresent(entries::add);
              }
              if (!entries.isEmpty()) {
                journal.append(entries);
              }
              moments.progress(name, to, open.get(open.size() - 1));
              return entries.size();
            });
    last[0] = open.get(open.size() - 1);
    return written == null ? 0 : written;
  }

  private static Filter.Test test(String field, Operator operator, String... values) {
    return new Filter.Test(
        field,
        operator,
        java.util.Arrays.stream(values).<Operand>map(Operand.Literal::new).toList());
  }

  /** Reminders of pending tasks. */
  private static final class Reminders implements Source {

    @Override
    public EntityType type() {
      return EntityType.TASK;
    }

    @Override
    public Filter candidates(Instant from, Instant to) {
      return new Filter.And(
          List.of(
              test("status", Operator.EQUALS, "pending"),
              test("remindAt", Operator.BETWEEN, from.toString(), to.toString())));
    }

    @Override
    public @Nullable JournalEntry event(Record task, Instant from, Instant to) {
      boolean now =
          task.values().get("remindAt") instanceof Instant at
              && at.isAfter(from)
              && !at.isAfter(to);
      if (!now) {
        return null;
      }
      Object type = task.values().get("type");
      return new JournalEntry(
          to,
          JournalKind.REMINDER_DUE,
          task.ref(),
          root(task),
          Map.of(),
          type == null ? Map.of() : Map.of("type", type.toString()),
          Cause.system("reminder"));
    }

    private static RecordRef root(Record task) {
      for (EntityType type : List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT)) {
        if (task.values().get(type.key()) instanceof Long id) {
          return new RecordRef(type, id);
        }
      }
      return task.ref();
    }
  }

  /** A date field of a lead, moved by an offset. */
  private static final class DateReached implements Source {

    private final TriggerIndex.Starter starter;
    private final Field field;
    private final @Nullable Duration offset;
    private final ZoneId zone;

    DateReached(TriggerIndex.Starter starter, Field field) {
      this.starter = starter;
      this.field = field;
      Trigger trigger = starter.trigger();
      Trigger.Offset given = trigger.offset();
      this.offset = given == null ? null : new Duration(given.amount(), given.unit());
      this.zone = trigger.timeZone() == null ? starter.zone() : trigger.timeZone();
    }

    @Override
    public EntityType type() {
      return EntityType.LEAD;
    }

    /** A day more on each side: the exact moment is worked out per record. */
    @Override
    public Filter candidates(Instant from, Instant to) {
      Instant earliest = back(from).minus(1, ChronoUnit.DAYS);
      Instant latest = back(to).plus(1, ChronoUnit.DAYS);
      return field.type() == FieldType.DATE
          ? test(
              field.key(),
              Operator.BETWEEN,
              earliest.atZone(zone).toLocalDate().toString(),
              latest.atZone(zone).toLocalDate().toString())
          : test(field.key(), Operator.BETWEEN, earliest.toString(), latest.toString());
    }

    private Instant back(Instant moment) {
      return offset == null ? moment : offset.negated().after(moment, zone);
    }

    @Override
    public @Nullable JournalEntry event(Record lead, Instant from, Instant to) {
      if (lead.values().get(field.key()) == null) {
        return null;
      }
      Instant moment =
          new WaitTime.UntilField(field.key(), offset, starter.trigger().timeOfDay(), zone)
              .due(from, lead.values());
      return moment.isAfter(from) && !moment.isAfter(to)
          ? addressed(JournalKind.DATE_REACHED, lead.ref(), starter, to)
          : null;
    }
  }

  /** A schedule over a filter. */
  private static final class Scheduled implements Source {

    private final TriggerIndex.Starter starter;

    Scheduled(TriggerIndex.Starter starter) {
      this.starter = starter;
    }

    @Override
    public EntityType type() {
      return EntityType.LEAD;
    }

    @Override
    public @Nullable Filter candidates(Instant from, Instant to) {
      Trigger trigger = starter.trigger();
      ZoneId zone = trigger.timeZone() == null ? starter.zone() : trigger.timeZone();
      ZonedDateTime next =
          CronExpression.parse(Objects.requireNonNull(trigger.cron())).next(from.atZone(zone));
      if (next == null || next.toInstant().isAfter(to)) {
        return null;
      }
      String filter = trigger.filter();
      return filter == null ? Filter.ALL : FilterGrammar.parse(filter);
    }

    @Override
    public JournalEntry event(Record lead, Instant from, Instant to) {
      return addressed(JournalKind.SCHEDULED, lead.ref(), starter, to);
    }
  }

  private static JournalEntry addressed(
      JournalKind kind, RecordRef ref, TriggerIndex.Starter starter, Instant at) {
    Map<String, String> detail = Map.of("automation", Long.toString(starter.automationId()));
    return new JournalEntry(
        at, kind, ref, ref, Map.of(), detail, Cause.system(starter.trigger().type().key()));
  }
}
