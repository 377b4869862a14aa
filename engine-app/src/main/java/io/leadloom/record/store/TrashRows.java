package io.leadloom.record.store;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** The order of the trash: one row for each record that is in it. */
final class TrashRows {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;

  TrashRows(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** Follows records into the trash and out of it; most changes are about neither. */
  void follow(EntityType type, List<RowWriter.Change> changes) {
    int entity = EntityTable.code(type);
    List<Record> trashed = new ArrayList<>();
    List<Object[]> restored = new ArrayList<>();
    for (RowWriter.Change change : changes) {
      Record after = change.after();
      if (Objects.equals(change.before().trashedAt(), after.trashedAt())) {
        continue;
      }
      if (after.trashedAt() == null) {
        restored.add(new Object[] {after.ref().id(), entity});
      } else {
        trashed.add(after);
      }
    }
    if (!restored.isEmpty()) {
      jdbc.batchUpdate("delete from trash where record_id = ? and entity = ?", restored);
    }
    batched.put(
        "trash",
        List.of("trashed_at"),
        List.of("record_id", "entity"),
        new Rows<>(
            trashed,
            (statement, from, record) -> {
              statement.setObject(from, Utc.column(record.trashedAt()));
              statement.setLong(from + 1, record.ref().id());
              statement.setInt(from + 2, entity);
              return from + 3;
            }));
  }
}
