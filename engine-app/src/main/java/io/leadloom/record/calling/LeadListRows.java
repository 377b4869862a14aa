package io.leadloom.record.calling;

import io.leadloom.platform.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Lead lists in the database. */
@Component
class LeadListRows {

  private static final String SELECT =
      "select l.id, l.process_id, l.name, l.time_zone, l.owner_id, l.description, l.enabled, l.created_at, l.version, l.leads,"
          + " (select count(*) from lead_list_campaign c where c.list_id = l.id) from lead_list l ";

  private final JdbcTemplate jdbc;

  LeadListRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One page of the lists of a process by name.
   *
   * @param part what their names contain; empty for anything
   */
  List<LeadList> page(long process, String part, byte[] after, int limit) {
    return jdbc.query(
        SELECT
            + "where l.process_id = ? and l.folded > ? and l.name like ? escape '!' order by l.folded limit ?",
        LeadListRows::read,
        process,
        after,
        "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%",
        limit);
  }

  Optional<LeadList> find(long id) {
    return jdbc.query(SELECT + "where l.id = ?", LeadListRows::read, id).stream().findFirst();
  }

  private static LeadList read(ResultSet row, int number) throws SQLException {
    return new LeadList(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getLong(5),
        row.getString(6),
        row.getBoolean(7),
        row.getInt(11),
        row.getLong(10),
        Objects.requireNonNull(Utc.moment(row.getObject(8, LocalDateTime.class))),
        row.getInt(9));
  }

  void insert(LeadList list) {
    Named.write(
        "lead list",
        list.name(),
        () ->
            jdbc.update(
                "insert into lead_list (name, folded, time_zone, owner_id, description, enabled, version, id,"
                    + " process_id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values(list, list.process(), Utc.column(list.createdAt()))));
  }

  void update(LeadList list) {
    Named.write(
        "lead list",
        list.name(),
        () ->
            jdbc.update(
                "update lead_list set name = ?, folded = ?, time_zone = ?, owner_id = ?, description = ?,"
                    + " enabled = ?, version = ? where id = ?",
                values(list)));
  }

  private static @Nullable Object[] values(LeadList list, @Nullable Object... more) {
    @Nullable Object[] own = {
      list.name(),
      Named.folded(list.name()),
      list.timeZone(),
      list.owner(),
      list.description(),
      list.enabled(),
      list.version(),
      list.id()
    };
    @Nullable Object[] all = java.util.Arrays.copyOf(own, own.length + more.length);
    System.arraycopy(more, 0, all, own.length, more.length);
    return all;
  }

  /**
   * Its assignments to campaigns go with it (LEAD-023). Its leads cannot be reached from now on, and are deleted some at a
   * time, since there may be millions.
   */
  void delete(long id) {
    jdbc.update("delete from lead_list where id = ?", id);
    jdbc.update("insert into list_removal (list_id) values (?)", id);
  }

  /** The ids of the campaigns that a list is assigned to. */
  List<Long> campaigns(long id) {
    return jdbc.queryForList(
        "select campaign_id from lead_list_campaign where list_id = ?", Long.class, id);
  }

  void assign(long id, List<Long> campaigns) {
    jdbc.batchUpdate(
        "insert into lead_list_campaign (list_id, campaign_id) values (?, ?)",
        campaigns.stream().map(campaign -> new Object[] {id, campaign}).toList());
  }

  void release(long id, List<Long> campaigns) {
    jdbc.batchUpdate(
        "delete from lead_list_campaign where list_id = ? and campaign_id = ?",
        campaigns.stream().map(campaign -> new Object[] {id, campaign}).toList());
  }
}
