package io.leadloom.automation.run;

import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.definition.LiveVersion;
import io.leadloom.automation.definition.LiveVersions;
import io.leadloom.automation.notice.Notices;
import io.leadloom.automation.verdict.Changes;
import io.leadloom.automation.verdict.Hindsight;
import io.leadloom.automation.verdict.WebhookResponse;
import io.leadloom.connection.Deliveries;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.decision.Conditions;
import io.leadloom.decision.Criterion;
import io.leadloom.decision.Facts;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.record.share.Shares;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one transaction knows and will write: the records, the compiled versions, the runs in memory, and
 * what changed since conditions were evaluated. Not thread-safe; ends with the transaction.
 */
final class RunBatch {

  private static final int MOST_CONTACTS = 200;

  private final Records records;
  private final RecordSession session;
  private final Schema schema;
  private final FieldConversion conversion;
  private final LiveVersions.Lease versions;
  private final Deliveries deliveries;
  private final Instant now;

  private final Changes changes = new Changes(this::record);
  private final Map<RecordRef, List<Facts.PastActivity>> activities = new HashMap<>();
  private final Map<String, Values> responses = new HashMap<>();
  private final Set<String> activityTypes = new HashSet<>();
  private Instant activitiesSince = Instant.MAX;

  /** What leaves with the batch. */
  final List<Deliveries.Request> requests = new ArrayList<>();

  final List<JournalEntry> entries = new ArrayList<>();
  final List<Notices.New> notices = new ArrayList<>();
  final Map<Long, LiveRun> runs = new LinkedHashMap<>();
  final ShareBatch shares;

  /** How long ago what is asked about happened; for a batch that works nothing has been since. */
  Hindsight hindsight = Hindsight.NONE;

  RunBatch(
      Records records,
      Schema schema,
      FieldConversion conversion,
      LiveVersions.Lease versions,
      Deliveries deliveries,
      Shares shares,
      Instant now) {
    this.shares = shares.open(this::opportunities);
    this.records = records;
    this.session = records.open();
    this.schema = schema;
    this.conversion = conversion;
    this.versions = versions;
    this.deliveries = deliveries;
    this.now = now;
  }

  private Collection<Long> opportunities() {
    return runs.values().stream()
        .map(run -> run.root)
        .filter(root -> root.type() == EntityType.OPPORTUNITY)
        .map(RecordRef::id)
        .toList();
  }

  RecordSession session() {
    return session;
  }

  Schema schema() {
    return schema;
  }

  FieldConversion conversion() {
    return conversion;
  }

  Instant now() {
    return now;
  }

  LiveVersion version(long id) {
    return versions.get(id);
  }

  /** Loads what these runs will look at: one query per entity, and only what conditions and cards need. */
  void preload(Collection<LiveRun> wanted) {
    Map<EntityType, Set<Long>> first = new EnumMap<>(EntityType.class);
    Set<RecordRef> tagged = new HashSet<>();
    Set<RecordRef> listed = new HashSet<>();
    Set<RecordRef> active = new HashSet<>();
    for (LiveRun run : wanted) {
      add(first, run.root);
      Conditions.Needs needs = needs(run.version);
      Set<CardScope.Need> cards = run.version.needs();
      if (cards.contains(CardScope.Need.SUBJECT)
          || reads(needs, Criterion.Source.TRIGGERED_ACTIVITY)
          || reads(needs, Criterion.Source.TRIGGERED_TASK)) {
        add(first, run.origin.subjectRef());
      }
      run.tasks.values().forEach(task -> add(first, RecordRef.task(task)));
      if (cards.contains(CardScope.Need.TAGS) || needs != null && needs.tags()) {
        tagged.add(run.root);
      }
      if (cards.contains(CardScope.Need.LISTS) || needs != null && needs.lists()) {
        listed.add(run.root);
      }
      if (needs != null && needs.activityDays() != 0 && hasActivities(run)) {
        active.add(run.root);
        activityTypes.addAll(needs.activityTypes());
        Instant since =
            needs.activityDays() < 0
                ? Instant.EPOCH
                : now.minus(Duration.ofDays(needs.activityDays() + 1L));
        activitiesSince = since.isBefore(activitiesSince) ? since : activitiesSince;
      }
    }
    first.forEach(session::preload);
    Map<EntityType, Set<Long>> second = new EnumMap<>(EntityType.class);
    for (LiveRun run : wanted) {
      Conditions.Needs needs = needs(run.version);
      Record deal = run.root.type() == EntityType.OPPORTUNITY ? record(run.root) : null;
      if (deal != null && deal.values().get("lead") instanceof Long lead) {
        add(second, RecordRef.lead(lead));
      }
      link(
          run,
          EntityType.CONTACT,
          CardScope.Need.CONTACT,
          reads(needs, Criterion.Source.CONTACT),
          second);
      link(
          run,
          EntityType.ACCOUNT,
          CardScope.Need.ACCOUNT,
          reads(needs, Criterion.Source.ACCOUNT),
          second);
    }
    second.forEach(session::preload);
    if (!tagged.isEmpty()) {
      session.preloadTags(tagged);
    }
    if (!listed.isEmpty()) {
      session.preloadLists(listed);
    }
    if (!active.isEmpty()) {
      loadActivities(active);
    }
  }

  /** Leads and opportunities have activities that conditions look at. */
  private static boolean hasActivities(LiveRun run) {
    return run.root.type() == EntityType.LEAD || run.root.type() == EntityType.OPPORTUNITY;
  }

  private void loadActivities(Set<RecordRef> roots) {
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    roots.forEach(root -> activities.put(root, new ArrayList<>()));
    roots.forEach(root -> add(ids, root));
    ids.forEach(
        (type, some) -> {
          for (Record activity : session.activities(type, some, activityTypes, activitiesSince)) {
            Long id = activity.values().number(type.key());
            List<Facts.PastActivity> of =
                id == null ? null : activities.get(new RecordRef(type, id));
            if (of != null && hindsight.knows(activity.ref())) {
              of.add(past(activity));
            }
          }
        });
  }

  private static Facts.PastActivity past(Record activity) {
    Instant at =
        activity.values().get("happenedAt") instanceof Instant moment ? moment : Instant.EPOCH;
    String type = activity.activityType() == null ? "" : activity.activityType();
    return new Facts.PastActivity(type, at, activity.values());
  }

  private void link(
      LiveRun run,
      EntityType type,
      CardScope.Need need,
      boolean read,
      Map<EntityType, Set<Long>> second) {
    if (run.root.type() == type || !read && !run.version.needs().contains(need)) {
      return;
    }
    Record root = record(run.root);
    if (root != null && root.values().get(type.key()) instanceof Long id) {
      add(second, new RecordRef(type, id));
    }
  }

  private static void add(Map<EntityType, Set<Long>> wanted, RecordRef ref) {
    wanted.computeIfAbsent(ref.type(), any -> new HashSet<>()).add(ref.id());
  }

  private static Conditions.@Nullable Needs needs(LiveVersion version) {
    CompiledConditions conditions = version.conditions();
    return conditions == null ? null : conditions.needs();
  }

  private static boolean reads(Conditions.@Nullable Needs needs, Criterion.Source source) {
    return needs != null && needs.fields().containsKey(source);
  }

  @Nullable Record record(RecordRef ref) {
    return session.standing(ref).orElse(null);
  }

  /** The record of this type that hangs on the run's record, or triggered the run. */
  @Nullable Record related(LiveRun run, EntityType type) {
    if (run.root.type() == type) {
      return record(run.root);
    }
    RecordRef subject = run.origin.subjectRef();
    if (subject.type() == type) {
      return record(subject);
    }
    boolean lead = type == EntityType.LEAD && run.root.type() == EntityType.OPPORTUNITY;
    if (lead || type == EntityType.CONTACT || type == EntityType.ACCOUNT) {
      Record root = record(run.root);
      return root != null && root.values().get(type.key()) instanceof Long id
          ? record(new RecordRef(type, id))
          : null;
    }
    return null;
  }

  List<Record> contacts(RecordRef account) {
    Filter ofAccount =
        new Filter.Test(
            "account", Operator.EQUALS, List.of(new Operand.Literal(Long.toString(account.id()))));
    return records
        .search(
            new Records.Search(
                EntityType.CONTACT, ofAccount, Set.of(), null, true, null, MOST_CONTACTS, false))
        .items();
  }

  List<Facts.PastActivity> activities(LiveRun run) {
    if (!hasActivities(run)) {
      return List.of();
    }
    if (!activities.containsKey(run.root)) {
      loadActivities(Set.of(run.root));
    }
    return activities.getOrDefault(run.root, List.of());
  }

  @Nullable Values response(LiveRun run, String card) {
    String key = run.responses.get(card);
    return key == null
        ? null
        : responses.computeIfAbsent(key, any -> WebhookResponse.read(deliveries.response(key)));
  }

  @Nullable Object typed(EntityType type, String key, @Nullable Object value) {
    Field field = schema.field(type, key).orElse(null);
    if (field != null && conversion.fromNatural(field, value) instanceof Converted.Value typed) {
      return typed.value();
    }
    return value;
  }

  /** Evaluates the conditions of all runs, one rule session per version. */
  void evaluate(Collection<LiveRun> wanted) {
    Map<Long, List<LiveRun>> byVersion = new LinkedHashMap<>();
    for (LiveRun run : wanted) {
      if (run.version.conditions() != null) {
        byVersion.computeIfAbsent(run.version.id(), any -> new ArrayList<>()).add(run);
      }
    }
    byVersion.values().forEach(runs -> evaluate(runs.get(0).version, runs));
  }

  private void evaluate(LiveVersion version, List<LiveRun> wanted) {
    CompiledConditions conditions = version.conditions();
    if (conditions == null) {
      return;
    }
    List<Facts> facts = new ArrayList<>(wanted.size());
    wanted.forEach(run -> facts.add(new RunFacts(run, this)));
    List<CompiledConditions.Verdicts> verdicts = conditions.evaluate(facts, now, version.zone());
    for (int i = 0; i < wanted.size(); i++) {
      wanted.get(i).verdicts = verdicts.get(i);
      wanted.get(i).verdictsAt = changes.count();
    }
  }

  /** What the conditions say about a run now; evaluated again when something that this one reads has changed. */
  CompiledConditions.@Nullable Verdicts verdicts(LiveRun run, String conditionId) {
    CompiledConditions conditions = run.version.conditions();
    if (conditions == null) {
      return null;
    }
    if (run.verdicts == null || stale(run, conditions, conditionId)) {
      evaluate(run.version, List.of(run));
    }
    return run.verdicts;
  }

  private boolean stale(LiveRun run, CompiledConditions conditions, String conditionId) {
    return run.ownChangeAt > run.verdictsAt
        || changes.since(run.verdictsAt, run.root, conditions, conditionId);
  }

  /** Notes what a command changed, so that conditions that read it are evaluated again. */
  void changed(LiveRun run, RecordCommand command) {
    if (changes.note(run.root, command)) {
      run.ownChangeAt = changes.count();
    }
    if (command instanceof RecordCommand.Create create && create.type() == EntityType.ACTIVITY) {
      activities.remove(run.root);
      Long lead = create.values().number(EntityType.LEAD.key());
      if (lead != null) {
        activities.remove(RecordRef.lead(lead));
      }
    }
  }

  /** After a roll-back everything may be different. */
  void changedBack() {
    changes.back();
    activities.clear();
  }
}
