package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.duplicate.MatchRule.State;
import io.leadloom.record.store.EntityTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Rules in the database. */
@Component
class MatchRuleRows {

  private static final String SELECT =
      "select id, version, entity, kind, field_key, sure, enabled, state, basis, after_id, looked, total, started_at,"
          + " made_at from match_rule ";

  private final JdbcTemplate jdbc;

  MatchRuleRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private static MatchRule read(ResultSet row, int n) throws SQLException {
    return new MatchRule(
        row.getLong(1),
        row.getInt(2),
        EntityType.ofCode(row.getInt(3)),
        MatchKind.ofCode(row.getInt(4)),
        row.getString(5),
        row.getBoolean(6),
        row.getBoolean(7),
        State.values()[row.getInt(8)],
        row.getString(9),
        row.getLong(10),
        row.getLong(11),
        row.getLong(12),
        Utc.moment(row.getObject(13, LocalDateTime.class)),
        Utc.moment(row.getObject(14, LocalDateTime.class)));
  }

  /** All rules, in the order in which they are shown; also those that are being removed. */
  List<MatchRule> all() {
    return jdbc.query(SELECT + "order by entity, sure desc, id", MatchRuleRows::read);
  }

  Optional<MatchRule> find(long id) {
    return jdbc.query(SELECT + "where id = ?", MatchRuleRows::read, id).stream().findFirst();
  }

  Optional<MatchRule> lock(long id) {
    return jdbc.query(SELECT + "where id = ? for update", MatchRuleRows::read, id).stream()
        .findFirst();
  }

  /** Locks a rule that has work; null when there is none or another node is at it. */
  @Nullable MatchRule lockFree(long id) {
    List<MatchRule> found =
        jdbc.query(SELECT + "where id = ? for update skip locked", MatchRuleRows::read, id);
    return found.isEmpty() ? null : found.get(0);
  }

  Optional<MatchRule> same(EntityType entity, MatchKind kind, String field) {
    return jdbc
        .query(
            SELECT + "where entity = ? and kind = ? and field_key = ? for update",
            MatchRuleRows::read,
            EntityTable.code(entity),
            kind.code(),
            field)
        .stream()
        .findFirst();
  }

  void insert(long id, EntityType entity, MatchKind kind, String field, boolean sure, Instant now) {
    jdbc.update(
        "insert into match_rule (id, version, entity, kind, field_key, sure, enabled, state, basis, after_id, looked,"
            + " total, started_at) values (?, 1, ?, ?, ?, ?, true, ?, '', 0, 0, 0, ?)",
        id,
        EntityTable.code(entity),
        kind.code(),
        field,
        sure,
        State.COMPARING.ordinal(),
        Utc.column(now));
  }

  void set(long id, boolean sure, boolean enabled) {
    jdbc.update(
        "update match_rule set sure = ?, enabled = ?, version = version + 1 where id = ?",
        sure,
        enabled,
        id);
  }

  void state(long id, State state) {
    jdbc.update("update match_rule set state = ? where id = ?", state.ordinal(), id);
  }

  /** Has all records compared, from the first on. */
  void begin(long id, Instant now) {
    jdbc.update(
        "update match_rule set state = ?, basis = '', after_id = 0, looked = 0, total = 0, started_at = ?"
            + " where id = ?",
        State.COMPARING.ordinal(),
        Utc.column(now),
        id);
  }

  /** Notes at the first page by what keys are made, and how many records there are. */
  void first(long id, String basis, long total) {
    jdbc.update("update match_rule set basis = ?, total = ? where id = ?", basis, total, id);
  }

  void progress(long id, long after, long looked) {
    jdbc.update(
        "update match_rule set after_id = ?, looked = looked + ? where id = ?", after, looked, id);
  }

  void made(long id, Instant now) {
    jdbc.update(
        "update match_rule set state = ?, made_at = ? where id = ?",
        State.READY.ordinal(),
        Utc.column(now),
        id);
  }

  void delete(long id) {
    jdbc.update("delete from match_rule where id = ?", id);
  }

  /** The number of groups of each rule. */
  Map<Long, Long> groups() {
    Map<Long, Long> groups = new HashMap<>();
    jdbc.query(
        "select rule_id, count(*) from match_group group by rule_id",
        row -> {
          groups.put(row.getLong(1), row.getLong(2));
        });
    return groups;
  }

  long revision() {
    Long revision =
        jdbc.queryForObject("select revision from match_upkeep where id = 1", Long.class);
    return revision == null ? 0 : revision;
  }

  long lockUpkeep() {
    Long revision =
        jdbc.queryForObject(
            "select revision from match_upkeep where id = 1 for update", Long.class);
    return revision == null ? 0 : revision;
  }

  void bump() {
    jdbc.update("update match_upkeep set revision = revision + 1 where id = 1");
  }
}
