package io.leadloom.record.merge;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What belongs to records that are merged, or points at them. Activities, tasks, notes, follow-ups and files go to the survivor
 * without being changed otherwise: one statement for each kind, however many there are, and no event for each. Links in
 * fields of other records are changed like any other value.
 */
@Component
class Relations {

  /** The kind of follow-ups in the rows of what has moved; the other kinds are codes of entities. */
  private static final int FOLLOW_UPS = 100;

  private static final int FILES = 101;

  /** What leads earned or were given points by: their kinds in the rows of what has moved, and their tables. */
  private static final Map<Integer, String> EARNED =
      Map.of(102, "score_gift", 103, "score_visitor");

  private static final int PAGE = 500;

  private final JdbcTemplate jdbc;
  private final Records records;

  Relations(JdbcTemplate jdbc, Records records) {
    this.jdbc = jdbc;
    this.records = records;
  }

  /** How much belongs to each of the records, by the name of the kind; what is in the trash is left out. */
  Map<Long, Map<String, Long>> counts(EntityType type, Collection<Long> ids) {
    Map<Long, Map<String, Long>> counts = new HashMap<>();
    ids.forEach(id -> counts.put(id, new LinkedHashMap<>()));
    for (EntityType about : Link.ABOUT) {
      count(
          about.path(),
          column(type),
          about.path() + " where trashed_at is null and " + column(type),
          ids,
          counts);
    }
    if (type == EntityType.LEAD) {
      count("followUps", "lead_id", "follow_up where lead_id", ids, counts);
    }
    return counts;
  }

  private void count(
      String name,
      String column,
      String where,
      Collection<Long> ids,
      Map<Long, Map<String, Long>> counts) {
    jdbc.query(
        "select "
            + column
            + ", count(*) from "
            + where
            + " in ("
            + Sql.marks(ids.size())
            + ") group by "
            + column,
        row -> {
          counts
              .computeIfAbsent(row.getLong(1), id -> new LinkedHashMap<>())
              .put(name, row.getLong(2));
        },
        ids.toArray());
  }

  private static String column(EntityType type) {
    return type.key() + "_id";
  }

  /** Gives all that belongs to some records to another one, and notes it. */
  void move(long merge, RecordRef survivor, List<Long> from, Schema schema, Cause cause) {
    EntityType type = survivor.type();
    String among = column(type) + " in (" + Ids.listed(from) + ")";
    for (EntityType about : Link.ABOUT) {
      note(merge, EntityTable.code(about), type, EntityTable.name(about), among);
      jdbc.update(
          "update "
              + EntityTable.name(about)
              + " set "
              + column(type)
              + " = ?, version = version + 1 where "
              + among,
          survivor.id());
    }
    if (type == EntityType.LEAD) {
      note(merge, FOLLOW_UPS, type, "follow_up", among);
      jdbc.update("update follow_up set lead_id = ? where " + among, survivor.id());
      EARNED.forEach(
          (kind, table) -> {
            note(merge, kind, type, table, among);
            jdbc.update("update " + table + " set lead_id = ? where " + among, survivor.id());
          });
    }
    moveFiles(merge, survivor, from);
    for (Link link : Link.to(type, schema)) {
      relink(merge, link, survivor, from, cause);
    }
  }

  private void moveFiles(long merge, RecordRef survivor, List<Long> from) {
    String among =
        "entity = "
            + EntityTable.code(survivor.type())
            + " and record_id in ("
            + Ids.listed(from)
            + ")";
    jdbc.update(
        "insert into merge_moved (merge_id, kind, field_key, record_id, from_id) select "
            + merge
            + ", "
            + FILES
            + ", '"
            + survivor.type().key()
            + "', id, record_id from stored_file where "
            + among);
    jdbc.update("update stored_file set record_id = ? where " + among, survivor.id());
  }

  private void note(long merge, int kind, EntityType type, String table, String among) {
    jdbc.update(
        "insert into merge_moved (merge_id, kind, field_key, record_id, from_id) select "
            + merge
            + ", "
            + kind
            + ", '"
            + type.key()
            + "', id, "
            + column(type)
            + " from "
            + table
            + " where "
            + among);
  }

  /** A record whose link leads to one that is merged. */
  private record Linking(long id, long to) {}

  private void relink(long merge, Link link, RecordRef survivor, List<Long> from, Cause cause) {
    long after = 0;
    List<Linking> page;
    do {
      List<Object> arguments = new ArrayList<>(from);
      arguments.addAll(link.arguments());
      arguments.add(after);
      page =
          jdbc.query(
              "select r.id, "
                  + link.column()
                  + " from "
                  + link.from()
                  + " where "
                  + link.column()
                  + " in ("
                  + Sql.marks(from.size())
                  + ")"
                  + link.having()
                  + " and r.trashed_at is null and r.id > ? order by r.id limit "
                  + PAGE,
              (row, n) -> new Linking(row.getLong(1), row.getLong(2)),
              arguments.toArray());
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).id();
        note(merge, link, page, link(link, page, survivor, cause));
      }
    } while (page.size() == PAGE);
  }

  private List<WriteResult> link(Link link, List<Linking> page, RecordRef to, Cause cause) {
    RecordSession session = records.open();
    List<WriteResult> results =
        session.applyAll(
            page.stream().<RecordCommand>map(one -> link.command(one.id(), to.id())).toList(),
            cause);
    session.flush();
    return results;
  }

  private void note(long merge, Link link, List<Linking> page, List<WriteResult> results) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (results.get(i) instanceof WriteResult.Written) {
        rows.add(
            new Object[] {
              merge, EntityTable.code(link.entity()), link.key(), page.get(i).id(), page.get(i).to()
            });
      }
    }
    jdbc.batchUpdate(
        "insert into merge_moved (merge_id, kind, field_key, record_id, from_id) values (?, ?, ?, ?, ?)",
        rows);
  }

  /** How much of what a merge gave to a survivor does not belong to it any more. */
  long elsewhere(long merge, RecordRef survivor, Schema schema) {
    long elsewhere = 0;
    String column = "r." + column(survivor.type());
    for (EntityType about : Link.ABOUT) {
      elsewhere +=
          elsewhere(
              merge,
              EntityTable.code(about),
              survivor.type().key(),
              survivor,
              EntityTable.name(about) + " r",
              column);
    }
    for (Link link : Link.to(survivor.type(), schema)) {
      elsewhere +=
          elsewhere(
              merge,
              EntityTable.code(link.entity()),
              link.key(),
              survivor,
              link.from(),
              link.column());
    }
    return elsewhere;
  }

  private long elsewhere(
      long merge, int kind, String key, RecordRef survivor, String from, String column) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from merge_moved m where m.merge_id = ? and m.kind = ? and m.field_key = ?"
                + " and not exists (select 1 from "
                + from
                + " where r.id = m.record_id and "
                + column
                + " = ?)",
            Long.class,
            merge,
            kind,
            key,
            survivor.id());
    return count == null ? 0 : count;
  }

  /** Gives back what a merge has given to a survivor, as far as it still belongs to it. */
  void back(long merge, RecordRef survivor, List<Long> from, Schema schema, Cause cause) {
    EntityType type = survivor.type();
    for (long former : from) {
      for (EntityType about : Link.ABOUT) {
        back(merge, EntityTable.code(about), survivor, former, EntityTable.name(about), true);
      }
      if (type == EntityType.LEAD) {
        back(merge, FOLLOW_UPS, survivor, former, "follow_up", false);
        EARNED.forEach((kind, table) -> back(merge, kind, survivor, former, table, false));
      }
      backFiles(merge, survivor, former);
      for (Link link : Link.to(type, schema)) {
        backLinks(merge, link, survivor, former, cause);
      }
    }
  }

  private void back(
      long merge, int kind, RecordRef survivor, long former, String table, boolean versioned) {
    String column = column(survivor.type());
    jdbc.update(
        "update "
            + table
            + " set "
            + column
            + " = ?"
            + (versioned ? ", version = version + 1" : "")
            + " where "
            + column
            + " = ? and id in (select record_id from merge_moved where merge_id = ? and kind = ?"
            + " and field_key = ? and from_id = ?)",
        former,
        survivor.id(),
        merge,
        kind,
        survivor.type().key(),
        former);
  }

  private void backFiles(long merge, RecordRef survivor, long former) {
    jdbc.update(
        "update stored_file set record_id = ? where record_id = ? and entity = ? and id in (select record_id"
            + " from merge_moved where merge_id = ? and kind = ? and from_id = ?)",
        former,
        survivor.id(),
        EntityTable.code(survivor.type()),
        merge,
        FILES,
        former);
  }

  private void backLinks(long merge, Link link, RecordRef survivor, long former, Cause cause) {
    long after = 0;
    List<Linking> page;
    do {
      List<Object> arguments =
          new ArrayList<>(
              List.of(merge, EntityTable.code(link.entity()), link.key(), former, survivor.id()));
      arguments.addAll(link.arguments());
      arguments.add(after);
      page =
          jdbc.query(
              "select r.id from "
                  + link.from()
                  + " join merge_moved m on m.record_id = r.id where m.merge_id = ? and m.kind = ?"
                  + " and m.field_key = ? and m.from_id = ? and "
                  + link.column()
                  + " = ?"
                  + link.having()
                  + " and r.trashed_at is null and r.id > ? order by r.id limit "
                  + PAGE,
              (row, n) -> new Linking(row.getLong(1), survivor.id()),
              arguments.toArray());
      if (!page.isEmpty()) {
        after = page.get(page.size() - 1).id();
        link(link, page, new RecordRef(survivor.type(), former), cause);
      }
    } while (page.size() == PAGE);
  }
}
