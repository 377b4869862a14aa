package io.leadloom.record.match;

import io.leadloom.platform.Folded;
import io.leadloom.record.Record;
import io.leadloom.record.search.IdField;
import io.leadloom.schema.ChoiceNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What filters look at in one record. Texts are folded once, however many filters ask for them. Not thread-safe.
 */
public final class Facts {

  private final Record record;
  private final Set<String> tags;
  private final Set<Long> lists;
  private final Map<String, Instant> lastActivities;
  private final Map<String, Object> folded = new HashMap<>();
  private final Map<String, String> kept = new HashMap<>();

  /**
   * @param tags the folded names of its tags
   * @param lists the ids of the static lists it is on
   * @param lastActivities when its last activity of each type happened, by the key of the type
   */
  public Facts(
      Record record, Set<String> tags, Set<Long> lists, Map<String, Instant> lastActivities) {
    this.record = record;
    this.tags = tags;
    this.lists = lists;
    this.lastActivities = lastActivities;
  }

  /** When the record was made. */
  public Instant createdAt() {
    return record.values().get("createdAt") instanceof Instant at ? at : Instant.EPOCH;
  }

  /** When the record was last written. */
  public Instant updatedAt() {
    return record.values().get("updatedAt") instanceof Instant at ? at : createdAt();
  }

  boolean live() {
    return record.trashedAt() == null;
  }

  @Nullable Object value(String key) {
    return key.equals(IdField.KEY) ? Long.valueOf(record.ref().id()) : record.values().get(key);
  }

  /** The folded text, or the list of folded options, of a value that is one. */
  Object folded(String key, Object value) {
    Object known = folded.get(key);
    if (known == null) {
      known =
          value instanceof List<?> options
              ? options.stream().map(option -> fold(String.valueOf(option))).toList()
              : fold((String) value);
      folded.put(key, known);
    }
    return known;
  }

  /** The folded form that a record keeps of a choice. */
  String kept(String key, String name, ChoiceNames names) {
    return kept.computeIfAbsent(key, any -> fold(names.stored(name)));
  }

  private static String fold(String text) {
    return Objects.requireNonNullElse(Folded.of(text), "");
  }

  boolean tagged(String name) {
    return tags.contains(name);
  }

  boolean on(long list) {
    return lists.contains(list);
  }

  @Nullable Instant lastActivity(String type) {
    return lastActivities.get(type);
  }
}
