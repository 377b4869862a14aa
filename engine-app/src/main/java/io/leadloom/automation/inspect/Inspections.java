package io.leadloom.automation.inspect;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.held.HeldStart;
import io.leadloom.automation.inspect.Answer.Why;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.StartQuestions;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerIndex.Starter;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.journal.JournalConsumers;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalHistory;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Records;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Explains for a record which published automations started and what said no to the others. The engine's own code decides
 * again about what the journal still knows; the record's own values are taken back to the time of the event, those of
 * records that hang on it are the present ones.
 */
@Service
public class Inspections {

  private static final String CONSUMER = "automation";
  private static final int MOST_LETTERS = 200;

  private final PublishedAutomations published;
  private final Automations automations;
  private final AutomationVersions versions;
  private final RunHistory runs;
  private final StartQuestions engine;
  private final JournalHistory journal;
  private final JournalConsumers consumers;
  private final Records records;
  private final Schemas schemas;
  private final Duration kept;
  private final Clock clock;

  Inspections(
      PublishedAutomations published,
      Automations automations,
      AutomationVersions versions,
      RunHistory runs,
      StartQuestions engine,
      JournalHistory journal,
      JournalConsumers consumers,
      Records records,
      Schemas schemas,
      @Value("${leadloom.journal.retention:90d}") Duration kept,
      Clock clock) {
    this.published = published;
    this.automations = automations;
    this.versions = versions;
    this.runs = runs;
    this.engine = engine;
    this.journal = journal;
    this.consumers = consumers;
    this.records = records;
    this.schemas = schemas;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Some answers, in the order of the automations' ids.
   *
   * @param since from when on the events are known
   * @param next the id of the last automation; null when there are no more
   */
  public record Answers(List<Answer> items, Instant since, @Nullable Long next) {}

  /**
   * Explains the automations that records of this type can start.
   *
   * @param only the only automation that is asked about; null for all
   * @param after the automation after which to go on
   */
  @Transactional(readOnly = true)
  public Answers of(RecordRef ref, @Nullable Long only, long after, int limit) {
    List<Starter> starters =
        published.latest().index().about(ref.type()).stream()
            .filter(starter -> starter.automationId() > after)
            .filter(starter -> only == null || starter.automationId() == only)
            .limit(limit + 1L)
            .toList();
    boolean more = starters.size() > limit;
    List<Starter> shown = more ? starters.subList(0, limit) : starters;
    List<Long> ids = shown.stream().map(Starter::automationId).toList();
    Looking looking =
        new Looking(
            ref,
            Happenings.of(ref, journal, records, kept, clock.instant()),
            schemas.current(),
            runs.newest(ref, ids),
            byId(automations.findAllById(ids), Automation::id),
            byId(
                versions.findAllById(shown.stream().map(Starter::versionId).toList()),
                AutomationVersion::id));
    return new Answers(
        shown.stream().map(looking::answer).toList(),
        looking.happenings.since(),
        more ? ids.get(ids.size() - 1) : null);
  }

  private static <T> Map<Long, T> byId(List<T> all, Function<T, Long> id) {
    return all.stream().collect(Collectors.toMap(id, Function.identity()));
  }

  /** What is known while one record is explained. */
  private final class Looking {

    private final RecordRef ref;
    private final Happenings happenings;
    private final Schema schema;
    private final Map<Long, RunHistory.Summary> newest;
    private final Map<Long, Automation> automation;
    private final Map<Long, AutomationVersion> version;
    private final Map<JournalEntry, Optional<JournalEntry>> meant = new IdentityHashMap<>();
    private JournalConsumers.@Nullable Status handling;

    Looking(
        RecordRef ref,
        Happenings happenings,
        Schema schema,
        Map<Long, RunHistory.Summary> newest,
        Map<Long, Automation> automation,
        Map<Long, AutomationVersion> version) {
      this.ref = ref;
      this.happenings = happenings;
      this.schema = schema;
      this.newest = newest;
      this.automation = automation;
      this.version = version;
    }

    Answer answer(Starter starter) {
      RunHistory.Summary run = newest.get(starter.automationId());
      JournalEntry like = null;
      for (JournalEntry entry : happenings.all()) {
        JournalEntry event = accepted(starter, entry);
        if (event != null) {
          return decided(starter, entry, event, run);
        }
        boolean sameKind = TriggerType.of(entry) == starter.trigger().type();
        like = like == null && sameKind && !starter.trigger().type().addressed() ? entry : like;
      }
      if (run != null) {
        return new Answer(starter, Why.STARTED, null, null, run, null);
      }
      Why why = like == null ? Why.NEVER_HAPPENED : Why.OTHER_SETTINGS;
      return new Answer(starter, why, like, null, null, null);
    }

    /** What the entry asks the automation to start for; null for nothing. */
    private @Nullable JournalEntry accepted(Starter starter, JournalEntry entry) {
      JournalEntry held = meant.computeIfAbsent(entry, this::held).orElse(null);
      if (held == null) {
        return TriggerIndex.matches(starter, entry, schema) ? entry : null;
      }
      String id = Long.toString(starter.automationId());
      return id.equals(entry.detail().get("automation"))
              && TriggerIndex.matches(starter, held, schema)
          ? held
          : null;
    }

    private Optional<JournalEntry> held(JournalEntry entry) {
      return Optional.ofNullable(HeldStart.meant(entry));
    }

    private Answer decided(
        Starter starter, JournalEntry entry, JournalEntry event, RunHistory.@Nullable Summary run) {
      if (run != null && !run.startedAt().isBefore(event.at())) {
        return new Answer(starter, Why.STARTED, event, null, run, null);
      }
      Why before = atThatTime(starter, event);
      if (before != null) {
        return new Answer(starter, before, event, null, run, null);
      }
      StartQuestions.Said said = engine.ask(starter, event, happenings.before(ref, event));
      if (said.refusal() != null) {
        Why why = Why.valueOf(said.refusal().name());
        return new Answer(starter, why, event, said, run, said.unfit());
      }
      return unhandled(starter, entry, event, run, said);
    }

    /** What is known to have kept the automation from being asked at all. */
    private @Nullable Why atThatTime(Starter starter, JournalEntry event) {
      AutomationVersion live = version.get(starter.versionId());
      Automation owner = automation.get(starter.automationId());
      if (live != null && live.publishedAt().isAfter(event.at())) {
        return live.number() == 1 ? Why.NOT_PUBLISHED : Why.OTHER_VERSION;
      }
      if (event.cause().starts() == Cause.Starts.NONE) {
        return Why.NO_STARTS;
      }
      boolean pausedBefore =
          !starter.acceptsStarts() && owner != null && !owner.updatedAt().isAfter(event.at());
      return pausedBefore ? Why.PAUSED : null;
    }

    /** Nothing says no, and yet there is no run. */
    private Answer unhandled(
        Starter starter,
        JournalEntry entry,
        JournalEntry event,
        RunHistory.@Nullable Summary run,
        StartQuestions.Said said) {
      if (entry.cause().starts() == Cause.Starts.HELD && entry.equals(event)) {
        return new Answer(starter, Why.HELD, event, said, run, null);
      }
      JournalConsumers.Status status = handling();
      String error = status != null && status.dead() > 0 ? error(entry) : null;
      if (error != null) {
        return new Answer(starter, Why.HANDLING_FAILED, event, said, run, error);
      }
      boolean behind =
          status != null && (status.paused() || status.lag() > 0 || status.parked() > 0);
      Why otherwise = starter.acceptsStarts() ? Why.NOT_KNOWN : Why.PAUSED;
      return new Answer(starter, behind ? Why.NOT_HANDLED : otherwise, event, said, run, null);
    }

    private JournalConsumers.@Nullable Status handling() {
      if (handling == null) {
        handling = consumers.find(CONSUMER).orElse(null);
      }
      return handling;
    }

    /** Why the event was given up; null when it was not. */
    private @Nullable String error(JournalEntry entry) {
      return consumers.deadLetters(CONSUMER, null, MOST_LETTERS).items().stream()
          .filter(letter -> letter.event().entry().at().equals(entry.at()))
          .filter(letter -> letter.event().entry().subject().equals(entry.subject()))
          .map(JournalConsumers.DeadLetter::error)
          .findFirst()
          .orElse(null);
    }
  }
}
