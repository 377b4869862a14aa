package io.leadloom.record.merge;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of merges, and of which record stands for which. */
@Component
class MergeRows {

  private static final String SELECT =
      "select id, entity, survivor_id, merged_at, merged_by, undone_at, way_back from record_merge";

  private final JdbcTemplate jdbc;

  MergeRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A merge as it is kept.
   *
   * @param wayBack null when it is too late to take it back
   */
  record Kept(
      long id,
      RecordRef survivor,
      Instant at,
      @Nullable Long userId,
      @Nullable Instant undoneAt,
      @Nullable WayBack wayBack) {}

  /** Lets the survivor stand for the others from now on. */
  void standFor(long merge, RecordRef survivor, List<Long> others) {
    int entity = EntityTable.code(survivor.type());
    jdbc.batchUpdate(
        "insert into merged_record (record_id, entity, survivor_id, merge_id) values (?, ?, ?, ?)",
        others.stream().map(id -> new Object[] {id, entity, survivor.id(), merge}).toList());
    // They come back when the merge is undone, not from the trash.
    jdbc.update(
        "delete from trash where entity = ? and record_id in (" + Ids.listed(others) + ")", entity);
  }

  void insert(Kept merge) {
    int entity = EntityTable.code(merge.survivor().type());
    jdbc.update(
        "insert into record_merge (id, entity, survivor_id, merged_at, merged_by, way_back) values (?, ?, ?, ?, ?, ?)",
        merge.id(),
        entity,
        merge.survivor().id(),
        Utc.column(merge.at()),
        merge.userId(),
        Objects.requireNonNull(merge.wayBack()).json());
  }

  /** The merge, which nobody else takes back meanwhile. */
  @Nullable Kept lock(long id, RecordRef survivor) {
    return jdbc
        .query(
            SELECT + " where id = ? and entity = ? and survivor_id = ? for update",
            MergeRows::read,
            id,
            EntityTable.code(survivor.type()),
            survivor.id())
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** The last merges into a record that are not taken back, newest first. */
  List<Kept> of(RecordRef survivor, int most) {
    return jdbc.query(
        SELECT
            + " where survivor_id = ? and entity = ? and undone_at is null order by id desc limit "
            + most,
        MergeRows::read,
        survivor.id(),
        EntityTable.code(survivor.type()));
  }

  /** The records that became part of a survivor by each of these merges, in the order of ids. */
  Map<Long, List<Long>> others(List<Long> merges) {
    Map<Long, List<Long>> others = new HashMap<>();
    if (!merges.isEmpty()) {
      jdbc.query(
          "select merge_id, record_id from merged_record where merge_id in ("
              + Ids.listed(merges)
              + ") order by record_id",
          row -> {
            others.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
          });
    }
    return others;
  }

  /** The records stand for themselves again. */
  void undone(long id, Instant at, @Nullable Long userId) {
    jdbc.update("delete from merged_record where merge_id = ?", id);
    jdbc.update(
        "update record_merge set undone_at = ?, undone_by = ?, way_back = null where id = ?",
        Utc.column(at),
        userId,
        id);
  }

  /** Forgets what has moved by a merge, some rows at a time. Returns whether there may be more. */
  boolean forgetMoved(long id, int most) {
    return jdbc.update("delete from merge_moved where merge_id = ? limit " + most, id) == most;
  }

  private static Kept read(ResultSet row, int n) throws SQLException {
    String wayBack = row.getString(7);
    return new Kept(
        row.getLong(1),
        new RecordRef(EntityType.ofCode(row.getInt(2)), row.getLong(3)),
        Objects.requireNonNull(Utc.moment(row.getObject(4, LocalDateTime.class))),
        row.getObject(5, Long.class),
        Utc.moment(row.getObject(6, LocalDateTime.class)),
        wayBack == null ? null : WayBack.read(wayBack));
  }
}
