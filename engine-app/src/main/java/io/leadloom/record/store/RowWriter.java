package io.leadloom.record.store;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.store.EntityTable.Column;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes rows of one entity in batches: the record itself and its slots. */
final class RowWriter {

  private final EntityTable table;
  private final Schema schema;
  private final BatchedRows batched;
  private final KeptNames kept;

  RowWriter(BatchedRows batched, EntityTable table, Schema schema) {
    this.batched = batched;
    this.table = table;
    this.schema = schema;
    this.kept = new KeptNames(table.entity(), schema);
  }

  void insert(List<Record> records) {
    batched.insert(
        EntityTable.name(table.entity()),
        table.names(),
        new Rows<>(
            records,
            RowWriter::characters,
            (statement, from, record) -> {
              statement.setLong(from, record.ref().id());
              statement.setInt(from + 1, record.version());
              statement.setObject(from + 2, Utc.column(record.trashedAt()));
              statement.setString(from + 3, document(record));
              int index = from + 4;
              for (Column column : table.columns()) {
                index = bind(statement, index, column, kept(column, record));
              }
              return index;
            }));
    insertSlots(records);
  }

  private @Nullable Object kept(Column column, Record record) {
    Object value = record.values().get(column.key());
    return kept.none() ? value : kept.kept(column.key(), value);
  }

  private static long characters(Record record) {
    long characters = 0;
    for (Object value : record.values().asMap().values()) {
      characters += value instanceof String text ? text.length() : 0;
    }
    return characters;
  }

  /**
   * Updates rows that still have the version they were read with.
   *
   * @throws StaleRecordException when one has not
   */
  void update(List<Change> changes) {
    Map<List<String>, List<Change>> byColumns = new LinkedHashMap<>();
    for (Change change : changes) {
      byColumns.computeIfAbsent(changed(change), columns -> new ArrayList<>()).add(change);
    }
    byColumns.forEach(this::update);
    updateSlots(changes);
  }

  /** Sets the slots that differ; records without a slot row get one. */
  private void updateSlots(List<Change> changes) {
    Map<List<Field>, List<Change>> bySlots = new LinkedHashMap<>();
    for (Change change : changes) {
      List<Field> differing = differingSlots(change);
      if (!differing.isEmpty()) {
        bySlots.computeIfAbsent(differing, fields -> new ArrayList<>()).add(change);
      }
    }
    bySlots.forEach(this::updateSlots);
  }

  private void updateSlots(List<Field> fields, List<Change> changes) {
    String slots = EntityTable.slots(table.entity());
    List<String> columns =
        fields.stream().map(field -> Objects.requireNonNull(field.slot())).toList();
    batched.put(
        slots,
        columns,
        List.of("id"),
        new Rows<>(
            changes,
            (statement, from, change) -> {
              int index = from;
              for (Field field : fields) {
                Object value = change.after().values().get(field.key());
                statement.setObject(index++, value == null ? null : slotValue(value));
              }
              statement.setLong(index, change.after().ref().id());
              return index + 1;
            }));
  }

  private void update(List<String> keys, List<Change> changes) {
    List<String> names = new ArrayList<>(List.of("version"));
    List<Column> columns =
        table.columns().stream().filter(column -> keys.contains(column.key())).toList();
    for (Column column : columns) {
      names.add(column.name());
      if (column.type() == FieldType.MONEY) {
        names.add(column.name() + "_currency");
      }
    }
    boolean trash = keys.contains("trashedAt");
    boolean custom = keys.contains("custom");
    if (trash) {
      names.add("trashed_at");
    }
    if (custom) {
      names.add("custom");
    }
    int found =
        batched.update(
            EntityTable.name(table.entity()),
            names,
            List.of("id", "version"),
            new Rows<>(
                changes,
                change -> custom ? characters(change.after()) : 0,
                (statement, from, change) -> {
                  Record after = change.after();
                  statement.setInt(from, after.version());
                  int index = from + 1;
                  for (Column column : columns) {
                    index = bind(statement, index, column, kept(column, after));
                  }
                  if (trash) {
                    statement.setObject(index++, Utc.column(after.trashedAt()));
                  }
                  if (custom) {
                    statement.setString(index++, document(after));
                  }
                  statement.setLong(index, after.ref().id());
                  statement.setInt(index + 1, change.before().version());
                  return index + 2;
                }));
    if (found < changes.size()) {
      throw new StaleRecordException(changes.get(0).after().ref(), changes.size());
    }
  }

  /** The keys of the changed columns, with {@code custom} and {@code trashedAt} standing for those columns. */
  private List<String> changed(Change change) {
    List<String> keys = new ArrayList<>();
    for (Column column : table.columns()) {
      if (!Objects.equals(
          change.before().values().get(column.key()), change.after().values().get(column.key()))) {
        keys.add(column.key());
      }
    }
    if (!Objects.equals(change.before().trashedAt(), change.after().trashedAt())) {
      keys.add("trashedAt");
    }
    if (customDiffers(change.before(), change.after())
        || customDiffers(change.after(), change.before())) {
      keys.add("custom");
    }
    return keys;
  }

  /** Whether a custom value of the one record is not that of the other. */
  private boolean customDiffers(Record one, Record other) {
    for (Map.Entry<String, @Nullable Object> value : one.values().asMap().entrySet()) {
      if (!Objects.equals(value.getValue(), other.values().get(value.getKey()))
          && customField(one.activityType(), value.getKey()) != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Field customField(@Nullable String activityType, String key) {
    Field field =
        activityType == null
            ? schema.field(table.entity(), key).orElse(null)
            : schema.activityField(activityType, key).orElse(null);
    return field == null || field.system() ? null : field;
  }

  private @Nullable String document(Record record) {
    return CustomDocument.write(record.values(), key -> customField(record.activityType(), key));
  }

  /** Writes the slot rows of records of which at least one slot has a value; these must have no row yet. */
  private void insertSlots(List<Record> records) {
    Map<List<String>, List<Record>> bySlots = new LinkedHashMap<>();
    for (Record record : records) {
      List<String> slots = new ArrayList<>();
      for (Field field : slotFields(record.activityType())) {
        if (record.values().get(field.key()) != null) {
          slots.add(Objects.requireNonNull(field.slot()));
        }
      }
      if (!slots.isEmpty()) {
        bySlots.computeIfAbsent(slots, key -> new ArrayList<>()).add(record);
      }
    }
    bySlots.forEach(this::insertSlots);
  }

  private void insertSlots(List<String> slots, List<Record> records) {
    List<String> columns = new ArrayList<>(List.of("id"));
    columns.addAll(slots);
    batched.insert(
        EntityTable.slots(table.entity()),
        columns,
        new Rows<>(
            records,
            (statement, from, record) -> {
              statement.setLong(from, record.ref().id());
              int index = from + 1;
              for (Field field : slotFields(record.activityType())) {
                Object value = record.values().get(field.key());
                if (value != null) {
                  statement.setObject(index++, slotValue(value));
                }
              }
              return index;
            }));
  }

  private List<Field> slotFields(@Nullable String activityType) {
    List<Field> fields = new ArrayList<>();
    schema.fields(table.entity()).stream()
        .filter(field -> field.slot() != null)
        .forEach(fields::add);
    if (activityType != null) {
      schema.activityFields(activityType).stream()
          .filter(field -> field.slot() != null)
          .forEach(fields::add);
    }
    return fields;
  }

  private List<Field> differingSlots(Change change) {
    List<Field> differing = new ArrayList<>();
    for (Field field : slotFields(change.after().activityType())) {
      if (!Objects.equals(
          change.before().values().get(field.key()), change.after().values().get(field.key()))) {
        differing.add(field);
      }
    }
    return differing;
  }

  /** The form of a value in a slot column. */
  static Object slotValue(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    if (value instanceof Long number) {
      return BigDecimal.valueOf(number);
    }
    if (value instanceof Money money) {
      return money.amount();
    }
    if (value instanceof List<?> list) {
      StringBuilder text = new StringBuilder("|");
      list.forEach(element -> text.append(element).append('|'));
      return text.toString();
    }
    if (value instanceof Instant moment) {
      return Objects.requireNonNull(Utc.column(moment));
    }
    return value instanceof LocalDate date ? date.atStartOfDay() : value;
  }

  private static int bind(
      PreparedStatement statement, int index, Column column, @Nullable Object value)
      throws SQLException {
    switch (column.type()) {
      case WHOLE_NUMBER, USER, RECORD_LINK -> {
        if (value == null) {
          statement.setNull(index, Types.BIGINT);
        } else {
          statement.setLong(index, (Long) value);
        }
      }
      case DECIMAL -> statement.setBigDecimal(index, (BigDecimal) value);
      case MONEY -> {
        Money money = (Money) value;
        statement.setBigDecimal(index, money == null ? null : money.amount());
        statement.setString(index + 1, money == null ? null : money.currency());
        return index + 2;
      }
      case BOOLEAN -> {
        if (value == null) {
          statement.setNull(index, Types.BOOLEAN);
        } else {
          statement.setBoolean(index, (Boolean) value);
        }
      }
      case DATE -> statement.setObject(index, value);
      case DATE_TIME -> {
        if (value == null) {
          statement.setNull(index, Types.TIMESTAMP);
        } else {
          statement.setObject(index, Utc.column((Instant) value));
        }
      }
      default -> statement.setString(index, (String) value);
    }
    return index + 1;
  }

  /** A record as it was read and as it shall be. */
  record Change(Record before, Record after) {}
}
