package io.leadloom.automation.verdict;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.schema.Values;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How a record was when something happened to it: what the journal says of the time since, taken back. Other records that
 * hang on it are not taken back.
 */
public final class Hindsight {

  /** For what happens now. */
  public static final Hindsight NONE = new Hindsight();

  private final Map<String, @Nullable Object> values = new HashMap<>();
  private final Map<String, Boolean> tags = new HashMap<>();
  private final Map<Long, Boolean> lists = new HashMap<>();
  private final Set<RecordRef> later = new HashSet<>();

  private Hindsight() {}

  /**
   * Takes back what happened to a record.
   *
   * @param since everything that happened to it after the moment, newest first
   */
  public static Hindsight of(RecordRef root, List<JournalEntry> since) {
    Hindsight hindsight = new Hindsight();
    since.forEach(entry -> hindsight.takeBack(root, entry));
    return hindsight;
  }

  private void takeBack(RecordRef root, JournalEntry entry) {
    if (entry.kind() == JournalKind.CREATED && entry.subject().type() == EntityType.ACTIVITY) {
      later.add(entry.subject());
    }
    if (!entry.subject().equals(root)) {
      return;
    }
    switch (entry.kind()) {
      case UPDATED -> {
        for (Map.Entry<String, FieldChange> change : entry.changes().entrySet()) {
          values.put(change.getKey(), change.getValue().before());
        }
      }
      case TAG_ADDED -> entry.tagNames().forEach(tag -> tags.put(tag, false));
      case TAG_REMOVED -> entry.tagNames().forEach(tag -> tags.put(tag, true));
      case LIST_ADDED -> list(entry, false);
      case LIST_REMOVED -> list(entry, true);
      default -> {
        // It changes nothing that conditions look at.
      }
    }
  }

  private void list(JournalEntry entry, boolean was) {
    String list = entry.detail().get("list");
    if (list != null) {
      lists.put(Long.valueOf(list), was);
    }
  }

  /**
   * The record's values as they were.
   *
   * @param typed makes a journaled value one of the field's Java type
   */
  public Values values(Values now, BiFunction<String, @Nullable Object, @Nullable Object> typed) {
    if (values.isEmpty()) {
      return now;
    }
    Values then = now.copy();
    values.forEach((key, value) -> then.with(key, typed.apply(key, value)));
    return then;
  }

  /** The folded names of the tags that it had. */
  public Set<String> tags(Set<String> now) {
    return then(now, tags);
  }

  /** The lists that it was on. */
  public Set<Long> lists(Set<Long> now) {
    return then(now, lists);
  }

  /** Whether the activity was there already. */
  public boolean knows(RecordRef activity) {
    return !later.contains(activity);
  }

  private static <T> Set<T> then(Set<T> now, Map<T, Boolean> was) {
    if (was.isEmpty()) {
      return now;
    }
    Set<T> then = new HashSet<>(now);
    was.forEach(
        (each, there) -> {
          if (there) {
            then.add(each);
          } else {
            then.remove(each);
          }
        });
    return then;
  }
}
