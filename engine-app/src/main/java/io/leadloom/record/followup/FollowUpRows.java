package io.leadloom.record.followup;

import io.leadloom.platform.Utc;
import io.leadloom.record.followup.FollowUps.Entry;
import io.leadloom.record.followup.FollowUps.Move;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of follow-ups: added, and never changed. */
@Component
class FollowUpRows {

  private final JdbcTemplate jdbc;

  FollowUpRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void insert(long leadId, Entry entry, Schema schema) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(entry.id());
    values.add(leadId);
    values.add(Utc.column(entry.at()));
    values.add(entry.userId());
    for (String key : FollowUps.CLASSIFYING) {
      Move move = entry.moves().get(key);
      ChoiceNames names = names(schema, key);
      values.add(move == null ? null : kept(names, move.before()));
      values.add(move == null ? null : kept(names, move.after()));
    }
    values.add(entry.nextAt() == null ? null : Utc.column(entry.nextAt()));
    values.add(entry.comment());
    jdbc.update(
        "insert into follow_up (id, lead_id, at, user_id, stage_from, stage_to, status_from, status_to,"
            + " group_from, group_to, rating_from, rating_to, next_at, comment)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values.toArray());
  }

  /** Follow-ups of a lead, newest first, those before this one. */
  List<Entry> before(long leadId, long before, int limit, Schema schema) {
    return jdbc.query(
        "select id, at, user_id, stage_from, stage_to, status_from, status_to, group_from, group_to, rating_from,"
            + " rating_to, next_at, comment from follow_up where lead_id = ? and id < ?"
            + " order by id desc limit ?",
        (row, n) -> read(row, schema),
        leadId,
        before,
        limit);
  }

  private static Entry read(ResultSet row, Schema schema) throws SQLException {
    Long userId = row.getLong(3);
    if (row.wasNull()) {
      userId = null;
    }
    java.util.Map<String, Move> moves = new java.util.LinkedHashMap<>();
    int index = 4;
    for (String key : FollowUps.CLASSIFYING) {
      ChoiceNames names = names(schema, key);
      Move move =
          new Move(shown(names, row.getString(index)), shown(names, row.getString(index + 1)));
      index += 2;
      if (move.before() != null || move.after() != null) {
        moves.put(key, move);
      }
    }
    return new Entry(
        row.getLong(1),
        Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))),
        userId,
        moves,
        Utc.moment(row.getObject(12, LocalDateTime.class)),
        row.getString(13));
  }

  private static @Nullable ChoiceNames names(Schema schema, String key) {
    return schema.field(io.leadloom.platform.EntityType.LEAD, key).map(Field::names).orElse(null);
  }

  private static @Nullable String kept(@Nullable ChoiceNames names, @Nullable String name) {
    return names == null || name == null ? name : names.stored(name);
  }

  private static @Nullable String shown(@Nullable ChoiceNames names, @Nullable String form) {
    return names == null || form == null ? form : names.shown(form);
  }
}
