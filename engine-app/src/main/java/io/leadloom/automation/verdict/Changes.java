package io.leadloom.automation.verdict;

import io.leadloom.decision.CompiledConditions;
import io.leadloom.decision.Criterion;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one batch have changed, so that a condition is evaluated again when something that it reads is another
 * by now, whichever run has changed it (AUT-021). Changes are counted; what was evaluated at a count is stale when something
 * it reads changed after it. Not thread-safe; ends with the transaction.
 */
public final class Changes {

  /** Stands for every field of a record. */
  private static final String ALL = "*";

  private final Function<RecordRef, @Nullable Record> records;
  private final Map<RecordRef, Map<String, Long>> leads = new HashMap<>();
  private long count;
  private long othersAt = -1;
  private long rolledBackAt = -1;

  /**
   * Begins with nothing changed.
   *
   * @param records the records as they are now
   */
  public Changes(Function<RecordRef, @Nullable Record> records) {
    this.records = records;
  }

  /** How many changes there were so far. */
  public long count() {
    return count;
  }

  /**
   * Notes what a command of a run changed.
   *
   * @param root the record that the run is about
   * @return whether it changed something that conditions of this run only can see
   */
  public boolean note(RecordRef root, RecordCommand command) {
    count++;
    if (command instanceof RecordCommand.Update update) {
      touch(root, update.ref(), update.values().keys());
    } else if (command instanceof RecordCommand.AddTags tags) {
      touch(root, tags.ref(), Set.of("#tags"));
    } else if (command instanceof RecordCommand.RemoveTags tags) {
      touch(root, tags.ref(), Set.of("#tags"));
    } else if (command instanceof RecordCommand.AddToList list) {
      touch(root, list.ref(), Set.of("#lists"));
    } else if (command instanceof RecordCommand.RemoveFromList list) {
      touch(root, list.ref(), Set.of("#lists"));
    } else if (command instanceof RecordCommand.Create create
        && create.type() == EntityType.ACTIVITY) {
      touch(root, root, Set.of("#activities", "lastActivityAt"));
      Long lead = create.values().number(EntityType.LEAD.key());
      if (lead != null) {
        touch(root, RecordRef.lead(lead), Set.of("#activities", "lastActivityAt"));
      }
    } else {
      if (command instanceof RecordCommand.Create create
          && create.type() == EntityType.OPPORTUNITY) {
        followed(create.values().number(EntityType.LEAD.key()));
      }
      return true;
    }
    return false;
  }

  private void touch(RecordRef root, RecordRef ref, Set<String> keys) {
    if (!ref.equals(root) || ref.type() != EntityType.LEAD) {
      othersAt = count;
    }
    if (ref.type() == EntityType.OPPORTUNITY) {
      followed(leadOf(ref));
    }
    if (ref.type() != EntityType.LEAD) {
      return;
    }
    Map<String, Long> at = leads.computeIfAbsent(ref, any -> new HashMap<>());
    keys.forEach(key -> at.put(key, count));
    if (keys.contains("firstName") || keys.contains("lastName")) {
      at.put("name", count);
    }
    // What a lead is worth follows from its other fields.
    at.put("score", count);
    at.put("scorePercent", count);
    at.put("updatedAt", count);
  }

  /** A lead may have changed with its opportunity: one that is won makes it a customer (VOC-011). */
  private void followed(@Nullable Long lead) {
    if (lead != null) {
      leads.computeIfAbsent(RecordRef.lead(lead), any -> new HashMap<>()).put(ALL, count);
    }
  }

  /** After a roll-back everything may be different. */
  public void back() {
    count++;
    rolledBackAt = count;
  }

  /**
   * Whether something that a condition reads has changed after a count.
   *
   * @param root the record that the run is about
   */
  public boolean since(
      long evaluatedAt, RecordRef root, CompiledConditions conditions, String conditionId) {
    if (rolledBackAt > evaluatedAt) {
      return true;
    }
    boolean others = root.type() != EntityType.LEAD || readsMoreThanLeads(conditions);
    if (others && othersAt > evaluatedAt) {
      return true;
    }
    RecordRef lead = root;
    if (root.type() == EntityType.OPPORTUNITY && !leads.isEmpty()) {
      Long id = leadOf(root);
      lead = id == null ? root : RecordRef.lead(id);
    }
    Map<String, Long> keys = leads.get(lead);
    if (keys == null) {
      return false;
    }
    if (keys.getOrDefault(ALL, -1L) > evaluatedAt) {
      return true;
    }
    for (String key : conditions.reads(conditionId)) {
      if (keys.getOrDefault(key, -1L) > evaluatedAt) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Long leadOf(RecordRef opportunity) {
    Record record = records.apply(opportunity);
    return record == null ? null : record.values().number(EntityType.LEAD.key());
  }

  private static boolean readsMoreThanLeads(CompiledConditions conditions) {
    Set<Criterion.Source> sources = conditions.needs().fields().keySet();
    return sources.size() > 1
        || !sources.contains(Criterion.Source.LEAD)
        || conditions.needs().tags();
  }
}
