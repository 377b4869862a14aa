package io.leadloom.record.merge;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which values a survivor gets: its own, what is chosen, and in its gaps those of the others. A wish not to be contacted
 * and a star of any of them hold for all. A status comes with its stage. What the user may not write stays as it is.
 */
final class MergeChoice {

  private static final Set<String> HELD_BY_ANY =
      Set.of("doNotCall", "doNotEmail", "doNotText", "starred");
  private static final String STAGE = "stage";
  private static final String STATUS = "status";
  private static final String OWNER = "owner";
  private static final String REPRESENTATIVE = "partnerRepresentative";

  private final EntityType type;
  private final List<Field> fields;
  private final Rights rights;
  private final Predicate<RecordRef> sees;
  private final LongPredicate works;

  /**
   * @param sees whether a record that a field links to is there for the user
   * @param works whether a user is active
   */
  MergeChoice(
      EntityType type,
      Schema schema,
      Rights rights,
      Predicate<RecordRef> sees,
      LongPredicate works) {
    this.type = type;
    this.rights = rights;
    this.sees = sees;
    this.works = works;
    this.fields = choosable(type, schema, rights);
  }

  /** The fields whose values a user may choose. */
  static List<Field> choosable(EntityType type, Schema schema, Rights rights) {
    return schema.visibleTo(rights).fields(type).stream()
        .filter(field -> !field.readOnly() && !rights.onlyReads(type, field.key()))
        .toList();
  }

  /** The values that are to change in the survivor; refuses choices that are none. */
  Values of(Record survivor, List<Record> others, Map<String, Long> take) {
    Map<Long, Record> byId = new HashMap<>();
    byId.put(survivor.ref().id(), survivor);
    others.forEach(other -> byId.put(other.ref().id(), other));
    Map<String, Record> chosen = chosen(byId, take);
    Values changes = Values.none();
    for (Field field : fields) {
      String key = field.key();
      Record from = chosen.get(key);
      Object value =
          from != null ? from.values().get(key) : unasked(field, survivor, others, chosen);
      if (!Objects.equals(value, survivor.values().get(key))) {
        changes.with(key, value);
      }
    }
    return changes;
  }

  private Map<String, Record> chosen(Map<Long, Record> byId, Map<String, Long> take) {
    Map<String, Record> chosen = new HashMap<>();
    List<Violation> violations = new ArrayList<>();
    take.forEach(
        (key, id) -> {
          Field field =
              fields.stream()
                  .filter(one -> one.key().equalsIgnoreCase(key))
                  .findFirst()
                  .orElse(null);
          Record from = byId.get(id);
          if (field == null) {
            violations.add(
                Violation.of("take." + key, id, "a field of " + type.path() + " that you may set"));
          } else if (from == null) {
            violations.add(
                Violation.of("take." + key, id, "the id of one of the records that are merged"));
          } else {
            chosen.put(field.key(), from);
          }
        });
    if (!violations.isEmpty()) {
      throw RefusedException.invalid(
          "These values cannot be taken", violations.toArray(Violation[]::new));
    }
    return chosen;
  }

  private @Nullable Object unasked(
      Field field, Record survivor, List<Record> others, Map<String, Record> chosen) {
    String key = field.key();
    Object own = survivor.values().get(key);
    if (HELD_BY_ANY.contains(key)) {
      boolean any = others.stream().anyMatch(one -> Boolean.TRUE.equals(one.values().get(key)));
      return any ? Boolean.TRUE : own;
    }
    if (type == EntityType.LEAD && key.equals(STATUS)) {
      Record staged = chosen.getOrDefault(STAGE, survivor);
      if (!staged.ref().equals(survivor.ref()) || own != null) {
        return staged.values().get(STATUS);
      }
      return others.stream()
          .filter(one -> Objects.equals(one.values().get(STAGE), survivor.values().get(STAGE)))
          .map(one -> one.values().get(STATUS))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    if (own != null) {
      return own;
    }
    return others.stream()
        .map(one -> one.values().get(key))
        .filter(value -> value != null && fits(field, value))
        .findFirst()
        .orElse(null);
  }

  /** Whether a value fills a gap without being asked for: not with somebody or something out of the user's reach. */
  private boolean fits(Field field, Object value) {
    if (field.key().equals(REPRESENTATIVE)) {
      // Belongs to the partner company of the other record.
      return false;
    }
    if (field.type() == FieldType.USER && !works.test((Long) value)) {
      return false;
    }
    if (field.key().equals(OWNER)) {
      return rights.everything() || rights.owners(type, Action.EDIT).reach((Long) value);
    }
    return field.type() != FieldType.RECORD_LINK
        || field.link() == null
        || sees.test(new RecordRef(field.link(), (Long) value));
  }
}
