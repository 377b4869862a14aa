package io.leadloom.automation.schedule;

import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
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

  private static final Logger LOG = LoggerFactory.getLogger(TimeTriggers.class);
  private static final int PAGE = 500;
  private static final String REMINDERS = "reminders";
  private static final String FOLLOW_UPS = "follow-up reminders";

  private final PublishedAutomations published;
  private final Moments moments;
  private final Records records;
  private final Journal journal;
  private final Schemas schemas;
  private final AccountSettings account;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final FollowUpReminders followUps;
  private final Clock clock;

  /** What is wrong with which trigger, so that the log says it once. */
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  TimeTriggers(
      PublishedAutomations published,
      Moments moments,
      Records records,
      Journal journal,
      Schemas schemas,
      AccountSettings account,
      JdbcTemplate jdbc,
      PlatformTransactionManager transactionManager,
      FollowUpReminders followUps,
      Clock clock) {
    this.followUps = followUps;
    this.published = published;
    this.moments = moments;
    this.records = records;
    this.journal = journal;
    this.schemas = schemas;
    this.account = account;
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactionManager);
    this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /** Another node has taken over. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Works off what has come since the last look. Returns the number of events written. */
  public int look() {
    Set<String> known = known();
    PublishedAutomations.State live = latest();
    TriggerIndex index = live.index();
    Set<String> names = new HashSet<>();
    int written = 0;
    names.add(FOLLOW_UPS);
    workOff(FOLLOW_UPS, followUps);
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
        written += workOff(name, new DateReached(starter, field, account.timeZone()));
      }
    }
    for (TriggerIndex.Starter starter : index.of(TriggerType.SCHEDULE)) {
      String name = "schedule " + starter.automationId();
      names.add(name);
      written += workOff(name, new Scheduled(starter, account.timeZone()));
    }
    known.removeAll(names);
    transactions.executeWithoutResult(status -> known.forEach(moments::forget));
    return written;
  }

  /** Read before what is live, so that a trigger that another node begins meanwhile is not forgotten. */
  private Set<String> known() {
    return new HashSet<>(
        Objects.requireNonNull(
            transactions.execute(
                status -> jdbc.queryForList("select name from automation_moment", String.class))));
  }

  private PublishedAutomations.State latest() {
    return Objects.requireNonNull(transactions.execute(status -> published.latest()));
  }

  /** One trigger that cannot be worked off keeps its window and holds no other one up. */
  private int workOff(String name, TimeSource source) {
    try {
      int written = workOffWindow(name, source);
      troubles.remove(name);
      return written;
    } catch (RuntimeException e) {
      String trouble = e.toString();
      if (!trouble.equals(troubles.put(name, trouble))) {
        LOG.warn("The trigger of time '{}' cannot be worked off; trying again", name, e);
      }
      return 0;
    }
  }

  private int workOffWindow(String name, TimeSource source) {
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
      String name, TimeSource source, Instant from, Instant to, List<Long> ids, long[] last) {
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
              source.tell(session, open, from, to);
              if (!entries.isEmpty()) {
                journal.append(entries);
              }
              moments.progress(name, to, open.get(open.size() - 1));
              return entries.size();
            });
    last[0] = open.get(open.size() - 1);
    return written == null ? 0 : written;
  }

  /** Reminders of pending tasks. */
  private static final class Reminders implements TimeSource {

    @Override
    public EntityType type() {
      return EntityType.TASK;
    }

    @Override
    public Filter candidates(Instant from, Instant to) {
      return new Filter.And(
          List.of(
              TimeSource.test("status", Operator.EQUALS, "pending"),
              TimeSource.test("remindAt", Operator.BETWEEN, from.toString(), to.toString())));
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
      RecordRef root = root(task);
      Map<String, String> detail = new HashMap<>();
      Object type = task.values().get("type");
      if (type != null) {
        detail.put("type", type.toString());
      }
      if (root.type() == EntityType.OPPORTUNITY && task.values().get("lead") instanceof Long lead) {
        detail.put(JournalEntry.LEAD, lead.toString());
      }
      return new JournalEntry(
          to,
          JournalKind.REMINDER_DUE,
          task.ref(),
          root,
          Map.of(),
          detail,
          Cause.system("reminder"));
    }

    private static RecordRef root(Record task) {
      for (EntityType type : EntityType.ROOTS) {
        if (task.values().get(type.key()) instanceof Long id) {
          return new RecordRef(type, id);
        }
      }
      return task.ref();
    }
  }

  /** A schedule over a filter. */
  private static final class Scheduled implements TimeSource {

    private final TriggerIndex.Starter starter;
    private final ZoneId zone;

    Scheduled(TriggerIndex.Starter starter, ZoneId account) {
      this.starter = starter;
      this.zone = starter.zone(account);
    }

    @Override
    public EntityType type() {
      return EntityType.LEAD;
    }

    @Override
    public @Nullable Filter candidates(Instant from, Instant to) {
      Trigger trigger = starter.trigger();
      Instant next = CronTimes.next(Objects.requireNonNull(trigger.cron()), from, zone);
      if (next == null || next.isAfter(to)) {
        return null;
      }
      String filter = trigger.filter();
      return filter == null ? Filter.ALL : FilterGrammar.parse(filter);
    }

    @Override
    public JournalEntry event(Record lead, Instant from, Instant to) {
      return TimeSource.addressed(JournalKind.SCHEDULED, lead.ref(), starter, to);
    }
  }
}
