package io.leadloom.record.store;

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

  TrashRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Follows records into the trash and out of it; most changes are about neither. */
  void follow(EntityType type, List<RowWriter.Change> changes) {
    List<Object[]> moved = new ArrayList<>();
    List<Object[]> trashed = new ArrayList<>();
    for (RowWriter.Change change : changes) {
      Record after = change.after();
      if (!Objects.equals(change.before().trashedAt(), after.trashedAt())) {
        int entity = EntityTable.code(type);
        moved.add(new Object[] {after.ref().id(), entity});
        if (after.trashedAt() != null) {
          trashed.add(new Object[] {after.ref().id(), entity, Utc.column(after.trashedAt())});
        }
      }
    }
    if (!moved.isEmpty()) {
      jdbc.batchUpdate("delete from trash where record_id = ? and entity = ?", moved);
    }
    if (!trashed.isEmpty()) {
      jdbc.batchUpdate(
          "insert into trash (record_id, entity, trashed_at) values (?, ?, ?)", trashed);
    }
  }
}
