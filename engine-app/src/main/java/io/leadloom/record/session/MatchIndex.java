package io.leadloom.record.session;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldType.Slot;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which records have a value in a field that upserts match by; holds candidates, the session checks them. */
final class MatchIndex {

  private final JdbcTemplate jdbc;
  private final Map<Field, Map<String, Set<Long>>> byField = new HashMap<>();

  MatchIndex(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether records can be found by this field at all; a classifying one tells too few apart. */
  static boolean usable(Field field) {
    return field.type().slot() == Slot.TEXT
        && field.names() == null
        && (field.system() || field.slot() != null);
  }

  /** The comparable form of a value. */
  static @Nullable String key(@Nullable Object value) {
    return value instanceof String text
        ? Folded.of(text)
        : value == null ? null : FieldConversion.toNatural(value) + "";
  }

  /** Looks up values that have not been looked up yet. */
  void load(Field field, Collection<String> values) {
    Map<String, Set<Long>> known = byField.computeIfAbsent(field, key -> new HashMap<>());
    Set<String> fresh = new LinkedHashSet<>();
    for (String value : values) {
      String key = key(value);
      if (key != null && known.putIfAbsent(key, new TreeSet<>()) == null) {
        fresh.add(value.strip());
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    String table = EntityTable.name(field.entity());
    String column = field.system() ? "r." + EntityTable.columnName(field) : "s." + field.slot();
    String from =
        field.system()
            ? table + " r"
            : EntityTable.slots(field.entity()) + " s join " + table + " r on r.id = s.id";
    Sql.pieces(
        fresh,
        piece ->
            jdbc.query(
                "select r.id, "
                    + column
                    + " from "
                    + from
                    + " where r.trashed_at is null and "
                    + column
                    + " in ("
                    + Sql.marks(piece.size())
                    + ")",
                row -> {
                  String key = key(row.getString(2));
                  if (key != null) {
                    known.computeIfAbsent(key, text -> new TreeSet<>()).add(row.getLong(1));
                  }
                },
                piece.toArray()));
  }

  /** Notes the values that a record of this session has now. */
  void note(Record record) {
    byField.forEach(
        (field, known) -> {
          String key =
              field.entity() == record.ref().type() ? key(record.values().get(field.key())) : null;
          if (key != null) {
            known.computeIfAbsent(key, text -> new TreeSet<>()).add(record.ref().id());
          }
        });
  }

  /** Candidates; each still has to be live and have the value. */
  Set<Long> candidates(Field field, String key) {
    return byField.getOrDefault(field, Map.of()).getOrDefault(key, Set.of());
  }

  /** All candidates of an entity, so that they can be loaded at once. */
  void eachCandidate(EntityType type, java.util.function.Consumer<RecordRef> consumer) {
    byField.forEach(
        (field, known) -> {
          if (field.entity() == type) {
            known
                .values()
                .forEach(ids -> ids.forEach(id -> consumer.accept(new RecordRef(type, id))));
          }
        });
  }
}
