package io.leadloom.record.store;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.EntityType;
import io.leadloom.record.Record;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Reads and writes records of all entities. */
@Component
public class RecordStore {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final Schemas schemas;
  private final TrashRows trash;
  private final Map<EntityType, EntityTable> tables = new EnumMap<>(EntityType.class);

  RecordStore(JdbcTemplate jdbc, BatchedRows batched, Schemas schemas) {
    this.jdbc = jdbc;
    this.batched = batched;
    this.schemas = schemas;
    this.trash = new TrashRows(jdbc, batched);
  }

  private synchronized EntityTable table(EntityType type, Schema schema) {
    return tables.computeIfAbsent(type, key -> EntityTable.of(key, schema));
  }

  /**
   * The records with these ids, live or in the trash, in no special order. Inside a transaction, which may write them
   * back, a schema that is older than they are is refused: their newest values would get lost.
   *
   * @throws io.leadloom.schema.StaleSchemaException when another node has made a field that one of them has a value of
   */
  public List<Record> load(EntityType type, Collection<Long> ids, Schema schema) {
    EntityTable table = table(type, schema);
    List<Record> records = new ArrayList<>(ids.size());
    Sql.pieces(
        ids,
        piece ->
            records.addAll(
                select(
                    table,
                    schema,
                    "where r.id in (" + Sql.marks(piece.size()) + ")",
                    piece.toArray())));
    return records;
  }

  /**
   * The records of a query.
   *
   * @param rest what follows the table {@code r}: joins, where, order, limit
   */
  public List<Record> select(EntityType type, Schema schema, String rest, Object... arguments) {
    return select(table(type, schema), schema, rest, arguments);
  }

  private List<Record> select(EntityTable table, Schema schema, String rest, Object... arguments) {
    boolean mayWrite =
        TransactionSynchronizationManager.isActualTransactionActive()
            && !TransactionSynchronizationManager.isCurrentTransactionReadOnly();
    LongConsumer unknown = mayWrite ? id -> schemas.confirmUnknown(schema, id) : id -> {};
    KeptNames kept = new KeptNames(table.entity(), schema);
    return jdbc.query(
        "select " + table.selectList() + " from " + EntityTable.name(table.entity()) + " r " + rest,
        (row, n) -> RowReader.read(row, table, schema, kept, unknown),
        arguments);
  }

  /** Inserts new records. */
  public void insert(EntityType type, List<Record> records, Schema schema) {
    new RowWriter(batched, table(type, schema), schema).insert(records);
  }

  /**
   * Updates records that still have the version they were read with.
   *
   * @param before as they were read
   * @param after as they shall be, in the same order
   * @throws StaleRecordException when one has another version
   */
  public void update(EntityType type, List<Record> before, List<Record> after, Schema schema) {
    List<RowWriter.Change> changes = new ArrayList<>(before.size());
    for (int i = 0; i < before.size(); i++) {
      changes.add(new RowWriter.Change(before.get(i), after.get(i)));
    }
    new RowWriter(batched, table(type, schema), schema).update(changes);
    trash.follow(type, changes);
  }
}
