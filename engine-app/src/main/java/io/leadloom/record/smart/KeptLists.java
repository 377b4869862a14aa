package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which lists' members are kept and how far that is, and the locks of those who work on members: a partition of the journal
 * is worked on by who holds its row, and everything at once by who holds all of them.
 */
@Component
class KeptLists {

  static final int FILLING = 1;
  static final int READY = 2;
  static final int EMPTYING = 3;
  static final int BROKEN = 4;

  private static final String SELECT =
      "select list_id, entity, state, silent, after_id, looked, total, started_at, basis, idle_since, problem"
          + " from smart_keep ";

  private final JdbcTemplate jdbc;

  KeptLists(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The upkeep of one list.
   *
   * @param silent whether whoever enters or leaves before filling has come to him is only noted; otherwise the list is
   *     compared anew, and only what filling itself finds is not told
   * @param after the last record looked at
   * @param started when filling began
   * @param basis what the list was compiled against
   * @param idleSince since when nobody asks for its members
   */
  record Kept(
      long list,
      EntityType entity,
      int state,
      boolean silent,
      long after,
      long looked,
      long total,
      Instant started,
      String basis,
      @Nullable Instant idleSince,
      @Nullable String problem) {}

  private static Kept read(ResultSet row, int n) throws SQLException {
    return new Kept(
        row.getLong(1),
        EntityType.ofCode(row.getInt(2)),
        row.getInt(3),
        row.getBoolean(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        Objects.requireNonNull(Utc.moment(row.getObject(8, LocalDateTime.class))),
        row.getString(9),
        Utc.moment(row.getObject(10, LocalDateTime.class)),
        row.getString(11));
  }

  List<Kept> all() {
    return jdbc.query(SELECT + "order by list_id", KeptLists::read);
  }

  Map<Long, Kept> of(Collection<Long> lists) {
    Map<Long, Kept> found = new HashMap<>();
    if (!lists.isEmpty()) {
      jdbc.query(SELECT + "where list_id in (" + Ids.listed(lists) + ")", KeptLists::read)
          .forEach(kept -> found.put(kept.list(), kept));
    }
    return found;
  }

  Map<Long, Long> members(Collection<Long> lists) {
    Map<Long, Long> members = new HashMap<>();
    if (!lists.isEmpty()) {
      jdbc.query(
          "select list_id, count(*) from smart_member where list_id in ("
              + Ids.listed(lists)
              + ") and is_member = true group by list_id",
          row -> {
            members.put(row.getLong(1), row.getLong(2));
          });
    }
    return members;
  }

  /** Locks the upkeep of one list; null when it is not there or another node is at it. */
  @Nullable Kept lock(long list) {
    List<Kept> found =
        jdbc.query(SELECT + "where list_id = ? for update skip locked", KeptLists::read, list);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Waits until nobody else works on members of these partitions. Returns the revision that counts. */
  long lock(TreeSet<Integer> partitions) {
    return lock(
        " where partition_id in ("
            + Ids.listed(partitions.stream().map(Integer::longValue).toList())
            + ")");
  }

  /** Waits until nobody else works on members at all. Returns the revision that counts. */
  long lockAll() {
    return lock("");
  }

  private long lock(String where) {
    long[] revision = new long[1];
    jdbc.query(
        "select revision from smart_upkeep" + where + " order by partition_id for update",
        row -> {
          revision[0] = Math.max(revision[0], row.getLong(1));
        });
    return revision[0];
  }

  /** Tells all nodes that other lists are live, or ask for something else; waits for those who work on members. */
  void bump() {
    jdbc.update("update smart_upkeep set revision = revision + 1");
  }

  /** Has a list filled in silence, unless another node has just begun with it. */
  void begin(long list, EntityType entity, Instant now) {
    jdbc.update(
        "insert into smart_keep (list_id, entity, state, silent, after_id, looked, total, started_at, basis)"
            + " values (?, ?, 1, true, 0, 0, 0, ?, '') on duplicate key update list_id = list_id",
        list,
        EntityTable.code(entity),
        Utc.column(now));
  }

  /** Fills a list anew in silence: its members are compared with what is there, and nobody is told. */
  boolean refill(long list, Instant now) {
    return jdbc.update(
            "update smart_keep set state = 1, silent = true, after_id = 0, looked = 0, started_at = ?,"
                + " idle_since = null, problem = null where list_id = ?",
            Utc.column(now),
            list)
        > 0;
  }

  /**
   * Compares the members of lists with what is there: that a tag or static list is gone or back is no news of the records,
   * and must start nothing. What happens to records meanwhile is told as ever. A list that is being filled begins again; one
   * that cannot be kept up is filled when it can be.
   */
  boolean compare(Collection<Long> lists, Instant now) {
    boolean any = false;
    for (Kept each :
        jdbc.query(
            SELECT + "where list_id in (" + Ids.listed(lists) + ") order by list_id for update",
            KeptLists::read)) {
      if (each.state() == READY) {
        jdbc.update(
            "update smart_keep set state = 1, silent = false, after_id = 0, looked = 0, started_at = ?"
                + " where list_id = ?",
            Utc.column(now),
            each.list());
        any = true;
      } else if (each.state() == FILLING) {
        jdbc.update(
            "update smart_keep set after_id = 0, looked = 0 where list_id = ?", each.list());
        any = true;
      }
    }
    return any;
  }

  /**
   * A list that is being filled without telling anybody.
   *
   * @param after the last record looked at
   * @param started when filling began; records made later enter like any others
   */
  record Silent(long after, Instant started) {}

  /** The lists that are being filled without telling anybody. */
  Map<Long, Silent> silent() {
    Map<Long, Silent> silent = new HashMap<>();
    jdbc.query(
        "select list_id, after_id, started_at from smart_keep where state = 1 and silent = true",
        row -> {
          silent.put(
              row.getLong(1),
              new Silent(
                  row.getLong(2),
                  Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class)))));
        });
    return silent;
  }

  long count(EntityType entity) {
    Long count =
        jdbc.queryForObject("select count(*) from " + EntityTable.name(entity), Long.class);
    return count == null ? 0 : count;
  }

  /** Notes at the first page what a list is compiled against, and how many records there are to look at. */
  void first(long list, String basis, long total) {
    jdbc.update("update smart_keep set basis = ?, total = ? where list_id = ?", basis, total, list);
  }

  void progress(long list, long after, long looked) {
    jdbc.update(
        "update smart_keep set after_id = ?, looked = looked + ? where list_id = ?",
        after,
        looked,
        list);
  }

  void state(long list, int state, String basis, @Nullable String problem) {
    jdbc.update(
        "update smart_keep set state = ?, basis = ?, problem = ? where list_id = ?",
        state,
        basis,
        problem,
        list);
  }

  void idle(long list, @Nullable Instant since) {
    jdbc.update("update smart_keep set idle_since = ? where list_id = ?", Utc.column(since), list);
  }

  void forget(long list) {
    jdbc.update("delete from smart_keep where list_id = ?", list);
  }
}
