package io.leadloom.record.store;

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
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes rows of one entity in batches: the record itself and its slots. */
final class RowWriter {

  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final EntityTable table;
  private final Schema schema;

  RowWriter(JdbcTemplate jdbc, EntityTable table, Schema schema) {
    this.jdbc = jdbc;
    this.table = table;
    this.schema = schema;
  }

  void insert(List<Record> records) {
    String sql = table.insertSql();
    batch(
        sql,
        records,
        (statement, record) -> {
          statement.setLong(1, record.ref().id());
          statement.setInt(2, record.version());
          statement.setObject(3, Utc.column(record.trashedAt()));
          statement.setString(4, document(record));
          int index = 5;
          for (Column column : table.columns()) {
            index = bind(statement, index, column, record.values().get(column.key()));
          }
        });
    insertSlots(records);
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
    List<Record> rowless = new ArrayList<>();
    bySlots.forEach(
        (fields, some) -> {
          List<String> sets = fields.stream().map(field -> field.slot() + " = ?").toList();
          String sql =
              "update " + EntityTable.slots(table.entity()) + " set " + String.join(", ", sets) + " where id = ?";
          int[] counts =
              batch(
                  sql,
                  some,
                  (statement, change) -> {
                    int index = 1;
                    for (Field field : fields) {
                      Object value = change.after().values().get(field.key());
                      statement.setObject(index++, value == null ? null : slotValue(value));
                    }
                    statement.setLong(index, change.after().ref().id());
                  });
          for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
              rowless.add(some.get(i).after());
            }
          }
        });
    insertSlots(rowless);
  }

  private void update(List<String> keys, List<Change> changes) {
    StringBuilder sql =
        new StringBuilder("update ")
            .append(EntityTable.name(table.entity()))
            .append(" set version = ?");
    List<Column> columns =
        table.columns().stream().filter(column -> keys.contains(column.key())).toList();
    for (Column column : columns) {
      sql.append(", ").append(column.name()).append(" = ?");
      if (column.type() == FieldType.MONEY) {
        sql.append(", ").append(column.name()).append("_currency = ?");
      }
    }
    boolean trash = keys.contains("trashedAt");
    boolean custom = keys.contains("custom");
    sql.append(trash ? ", trashed_at = ?" : "")
        .append(custom ? ", custom = ?" : "")
        .append(" where id = ? and version = ?");
    int[] counts =
        batch(
            sql.toString(),
            changes,
            (statement, change) -> {
              Record after = change.after();
              statement.setInt(1, after.version());
              int index = 2;
              for (Column column : columns) {
                index = bind(statement, index, column, after.values().get(column.key()));
              }
              if (trash) {
                statement.setObject(index++, Utc.column(after.trashedAt()));
              }
              if (custom) {
                statement.setString(index++, document(after));
              }
              statement.setLong(index++, after.ref().id());
              statement.setInt(index, change.before().version());
            });
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw new StaleRecordException(changes.get(i).after().ref());
      }
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
    if (!Objects.equals(document(change.before()), document(change.after()))) {
      keys.add("custom");
    }
    return keys;
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
  void insertSlots(List<Record> records) {
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
    String sql =
        "insert into "
            + EntityTable.slots(table.entity())
            + " (id, "
            + String.join(", ", slots)
            + ") values (?, "
            + Sql.marks(slots.size())
            + ")";
    batch(
        sql,
        records,
        (statement, record) -> {
          statement.setLong(1, record.ref().id());
          int index = 2;
          for (Field field : slotFields(record.activityType())) {
            Object value = record.values().get(field.key());
            if (value != null) {
              statement.setObject(index++, slotValue(value));
            }
          }
        });
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

  private <T> int[] batch(String sql, List<T> items, Binder<T> binder) {
    int[] all = new int[items.size()];
    for (int from = 0; from < items.size(); from += BATCH) {
      List<T> part = items.subList(from, Math.min(items.size(), from + BATCH));
      int[] counts =
          jdbc.batchUpdate(
              sql,
              new BatchPreparedStatementSetter() {
                @Override
                public void setValues(PreparedStatement statement, int i) throws SQLException {
                  binder.bind(statement, part.get(i));
                }

                @Override
                public int getBatchSize() {
                  return part.size();
                }
              });
      System.arraycopy(counts, 0, all, from, counts.length);
    }
    return all;
  }

  private interface Binder<T> {
    void bind(PreparedStatement statement, T item) throws SQLException;
  }

  /** A record as it was read and as it shall be. */
  record Change(Record before, Record after) {}
}
