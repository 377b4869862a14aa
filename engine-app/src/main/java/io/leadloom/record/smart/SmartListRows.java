package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Smart lists in the database. */
@Component
class SmartListRows {

  private static final int USER = 1;
  private static final int ROLE = 2;
  private static final String SELECT =
      "select l.id, l.version, l.entity, l.name, l.filter, l.sort_by, l.column_keys, l.owner_id, l.sharing, l.live,"
          + " l.created_at, l.updated_at from smart_list l ";

  private final JdbcTemplate jdbc;

  SmartListRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The lists over a kind of record that may be somebody's business: all but others' private ones. */
  List<SmartList> candidates(EntityType entity, long userId) {
    return complete(
        jdbc.query(
            SELECT
                + "where l.entity = ? and (l.owner_id = ? or l.sharing <> 0) order by l.name, l.id limit 5000",
            SmartListRows::read,
            EntityTable.code(entity),
            userId));
  }

  /** The first lists over a kind of record whose filter, order or columns have a text in them. */
  List<SmartList> naming(EntityType entity, String key) {
    String part = "%" + key.toLowerCase(Locale.ROOT) + "%";
    return jdbc.query(
        SELECT
            + "where l.entity = ? and (lower(l.filter) like ? or lower(l.column_keys) like ? or lower(l.sort_by) like ?)"
            + " order by l.name, l.id limit 1000",
        SmartListRows::read,
        EntityTable.code(entity),
        part,
        part,
        part);
  }

  Optional<SmartList> find(long id) {
    return byIds(List.of(id)).stream().findFirst();
  }

  List<SmartList> byIds(Collection<Long> ids) {
    List<SmartList> found = new ArrayList<>();
    if (!ids.isEmpty()) {
      Sql.pieces(
          ids,
          piece ->
              found.addAll(
                  jdbc.query(
                      SELECT + "where l.id in (" + Sql.marks(piece.size()) + ")",
                      SmartListRows::read,
                      piece.toArray())));
    }
    return complete(found);
  }

  private List<SmartList> complete(List<SmartList> lists) {
    List<Long> shared =
        lists.stream().filter(list -> list.sharing() == Sharing.CHOSEN).map(SmartList::id).toList();
    if (shared.isEmpty()) {
      return lists;
    }
    Map<Long, Set<Long>> users = new HashMap<>();
    Map<Long, Set<String>> roles = new HashMap<>();
    Sql.pieces(
        shared,
        piece ->
            jdbc.query(
                "select list_id, kind, subject from smart_list_share where list_id in ("
                    + Sql.marks(piece.size())
                    + ")",
                row -> {
                  if (row.getInt(2) == USER) {
                    users
                        .computeIfAbsent(row.getLong(1), id -> new HashSet<>())
                        .add(Long.valueOf(row.getString(3)));
                  } else {
                    roles
                        .computeIfAbsent(row.getLong(1), id -> new HashSet<>())
                        .add(row.getString(3));
                  }
                },
                piece.toArray()));
    return lists.stream()
        .map(
            list ->
                list.sharedWith(
                    users.getOrDefault(list.id(), Set.of()),
                    roles.getOrDefault(list.id(), Set.of())))
        .toList();
  }

  long count(long ownerId) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from smart_list where owner_id = ?", Long.class, ownerId);
    return count == null ? 0 : count;
  }

  /** Whether an owner has another list of this name. */
  boolean taken(long ownerId, String name, long except) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from smart_list where owner_id = ? and name = ? and id <> ?",
            Long.class,
            ownerId,
            name,
            except);
    return count != null && count > 0;
  }

  void insert(SmartList list) {
    jdbc.update(
        "insert into smart_list (id, version, entity, name, filter, sort_by, column_keys, owner_id, sharing, live,"
            + " created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        list.id(),
        list.version(),
        EntityTable.code(list.entity()),
        list.name(),
        list.filter(),
        list.sort(),
        joined(list.columns()),
        list.ownerId(),
        list.sharing().code(),
        list.live(),
        Utc.column(list.createdAt()),
        Utc.column(list.updatedAt()));
    share(list);
  }

  /** Writes all that can change of a list; false when it no longer has the version before. */
  boolean update(SmartList list) {
    int count =
        jdbc.update(
            "update smart_list set version = ?, name = ?, filter = ?, sort_by = ?, column_keys = ?, sharing = ?,"
                + " live = ?, updated_at = ? where id = ? and version = ?",
            list.version(),
            list.name(),
            list.filter(),
            list.sort(),
            joined(list.columns()),
            list.sharing().code(),
            list.live(),
            Utc.column(list.updatedAt()),
            list.id(),
            list.version() - 1);
    if (count == 1) {
      jdbc.update("delete from smart_list_share where list_id = ?", list.id());
      share(list);
    }
    return count == 1;
  }

  private void share(SmartList list) {
    if (list.sharing() != Sharing.CHOSEN) {
      return;
    }
    List<Object[]> rows = new ArrayList<>();
    list.users().forEach(user -> rows.add(new Object[] {list.id(), USER, user.toString()}));
    list.roles().forEach(role -> rows.add(new Object[] {list.id(), ROLE, role}));
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(
          "insert into smart_list_share (list_id, kind, subject) values (?, ?, ?)", rows);
    }
  }

  void delete(long id) {
    jdbc.update("delete from smart_list_share where list_id = ?", id);
    jdbc.update("delete from list_view where list_id = ?", id);
    jdbc.update("delete from smart_list where id = ?", id);
  }

  static @Nullable String joined(List<String> keys) {
    return keys.isEmpty() ? null : String.join(",", keys);
  }

  static List<String> split(@Nullable String keys) {
    return keys == null || keys.isEmpty() ? List.of() : List.of(keys.split(","));
  }

  private static SmartList read(ResultSet row, int n) throws SQLException {
    return new SmartList(
        row.getLong(1),
        row.getInt(2),
        EntityType.ofCode(row.getInt(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        split(row.getString(7)),
        row.getLong(8),
        Sharing.of(row.getInt(9)),
        Set.of(),
        Set.of(),
        row.getBoolean(10),
        Objects.requireNonNull(Utc.moment(row.getObject(11, LocalDateTime.class))),
        Objects.requireNonNull(Utc.moment(row.getObject(12, LocalDateTime.class))));
  }
}
