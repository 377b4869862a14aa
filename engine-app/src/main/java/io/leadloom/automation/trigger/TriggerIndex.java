package io.leadloom.automation.trigger;

import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.schema.Schema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the published automations that an event can start. The cost depends on those found, not on how many automations
 * there are: type, then activity type, list, tag or changed field. Immutable.
 */
public final class TriggerIndex {

  public static final TriggerIndex EMPTY = new TriggerIndex(List.of(), 0);

  private final Map<TriggerType, Bucket> buckets = new EnumMap<>(TriggerType.class);
  private final Map<Long, Starter> byAutomation = new HashMap<>();
  private final long revision;

  /**
   * A published automation that can be started.
   *
   * @param zone the automation's time zone; null for that of the account
   * @param acceptsStarts false while it is paused
   */
  public record Starter(
      long automationId,
      long versionId,
      String key,
      Trigger trigger,
      Reentry reentry,
      @Nullable ZoneId zone,
      boolean acceptsStarts) {

    /** The zone of its trigger while the account has this one. */
    public ZoneId zone(ZoneId account) {
      ZoneId own = trigger.timeZone() == null ? zone : trigger.timeZone();
      return own == null ? account : own;
    }

    /** The same as if it were not paused. */
    Starter accepting() {
      return new Starter(automationId, versionId, key, trigger, reentry, zone, true);
    }

    /** Whether it can be started for a record by the API or by another automation. */
    public boolean callable() {
      return !trigger.type().suppliesActivity() && !trigger.type().suppliesTask();
    }
  }

  public TriggerIndex(List<Starter> starters, long revision) {
    this.revision = revision;
    for (Starter starter : starters) {
      byAutomation.put(starter.automationId(), starter);
      if (starter.acceptsStarts()) {
        buckets.computeIfAbsent(starter.trigger().type(), type -> new Bucket()).add(starter);
      }
    }
  }

  /** The number of the change of automations that this index stands for. */
  public long revision() {
    return revision;
  }

  /** The published (also paused) automation with this id. */
  public @Nullable Starter starter(long automationId) {
    return byAutomation.get(automationId);
  }

  /** The published (also paused) automations that can start for records of a type, in the order of their ids. */
  public List<Starter> about(EntityType root) {
    return byAutomation.values().stream()
        .filter(starter -> starter.trigger().type().startsFor(root))
        .sorted(Comparator.comparingLong(Starter::automationId))
        .toList();
  }

  /** Whether an event can start this one, if it accepts starts. */
  public static boolean matches(Starter starter, JournalEntry entry, Schema schema) {
    TriggerType type = TriggerType.of(entry);
    if (type == null) {
      return false;
    }
    List<Starter> found = new ArrayList<>(1);
    new TriggerIndex(List.of(starter.accepting()), 0).match(type, entry, schema, found::add);
    return !found.isEmpty();
  }

  /** All starters of a type that accept starts. */
  public List<Starter> of(TriggerType type) {
    Bucket bucket = buckets.get(type);
    return bucket == null ? List.of() : List.copyOf(bucket.all);
  }

  /** Whether anything starts on it, be it only when it happens to an opportunity. */
  public boolean has(TriggerType type) {
    return buckets.containsKey(type) || buckets.containsKey(type.onOpportunity());
  }

  /** Hands over each automation that the event can start, in the order in which they were created. */
  public void match(TriggerType type, JournalEntry entry, Schema schema, Consumer<Starter> found) {
    if (type.addressed()) {
      Starter starter = addressee(entry);
      if (starter != null
          && starter.acceptsStarts()
          && (type == TriggerType.CALLED ? starter.callable() : starter.trigger().type() == type)) {
        found.accept(starter);
      }
      return;
    }
    Bucket bucket = buckets.get(type);
    if (bucket == null) {
      return;
    }
    List<Starter> matches = new ArrayList<>(4);
    collect(bucket.open, entry, schema, matches);
    if (!bucket.keyed.isEmpty()) {
      for (String key : keys(type, entry)) {
        List<Starter> keyed = bucket.keyed.get(key);
        if (keyed != null) {
          collect(keyed, entry, schema, matches);
        }
      }
    }
    if (matches.size() > 1) {
      matches.sort((a, b) -> Long.compare(a.automationId(), b.automationId()));
    }
    long last = -1;
    for (Starter starter : matches) {
      if (starter.automationId() != last) {
        found.accept(starter);
        last = starter.automationId();
      }
    }
  }

  /** The automation that an addressed event names, also a paused one or one that does not start on its type. */
  public @Nullable Starter addressee(JournalEntry entry) {
    String automation = entry.detail().get("automation");
    return automation == null ? null : byAutomation.get(Long.valueOf(automation));
  }

  private static void collect(
      List<Starter> starters, JournalEntry entry, Schema schema, List<Starter> matches) {
    for (Starter starter : starters) {
      if (starter.trigger().accepts(entry, schema)) {
        matches.add(starter);
      }
    }
  }

  private static Iterable<String> keys(TriggerType type, JournalEntry entry) {
    return switch (type) {
      case LEAD_UPDATED, ACCOUNT_UPDATED, CONTACT_UPDATED, OPPORTUNITY_UPDATED ->
          entry.changes().keySet();
      case LIST_ADDED, LIST_REMOVED, LIST_ENTERED, LIST_LEFT -> one(entry.detail().get("list"));
      case TAG_ADDED, TAG_REMOVED -> entry.tagNames();
      default -> one(entry.detail().get("type"));
    };
  }

  private static List<String> one(@Nullable String key) {
    String folded = Folded.of(key);
    return folded == null ? List.of() : List.of(folded);
  }

  /** The starters of one type: those open to every event of it, and the others by what they ask for. */
  private static final class Bucket {

    final List<Starter> all = new ArrayList<>();
    final List<Starter> open = new ArrayList<>();
    final Map<String, List<Starter>> keyed = new HashMap<>();

    void add(Starter starter) {
      all.add(starter);
      Trigger trigger = starter.trigger();
      List<String> keys =
          switch (trigger.type()) {
            case LEAD_UPDATED, ACCOUNT_UPDATED, CONTACT_UPDATED, OPPORTUNITY_UPDATED ->
                trigger.fields();
            case LIST_ADDED, LIST_REMOVED, LIST_ENTERED, LIST_LEFT -> one(trigger.list());
            case TAG_ADDED, TAG_REMOVED -> one(trigger.tag());
            default ->
                trigger.type().suppliesActivity()
                    ? one(trigger.activityType())
                    : trigger.type().suppliesTask() ? one(trigger.taskType()) : List.of();
          };
      if (keys.isEmpty()) {
        open.add(starter);
      }
      for (String key : keys) {
        keyed.computeIfAbsent(key, any -> new ArrayList<>()).add(starter);
      }
    }
  }
}
