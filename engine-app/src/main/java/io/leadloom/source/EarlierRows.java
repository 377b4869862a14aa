package io.leadloom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.source.EarlierLeads.Earlier;
import io.leadloom.source.EarlierLeads.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of how far the fetching of earlier leads has come; call it in a transaction. */
@Component
class EarlierRows {

  private static final String COLUMNS =
      "integration_id, since, state, page, forms, form, cursor_after, found, taken, attempts, problem, started_at, ended_at";
  private static final int LONGEST_PROBLEM = 1_000;

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  EarlierRows(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** How far it is with each of these integrations. */
  Map<Long, Earlier> of(List<Long> integrations) {
    Map<Long, Earlier> all = new HashMap<>();
    if (!integrations.isEmpty()) {
      jdbc.query(
          "select "
              + COLUMNS
              + " from lead_earlier where integration_id in ("
              + Ids.listed(integrations)
              + ")",
          row -> {
            Progress one = progress(row);
            all.put(one.integration(), one.shown());
          });
    }
    return all;
  }

  private Optional<Progress> first(String where, @Nullable Object... arguments) {
    return jdbc
        .query(
            "select " + COLUMNS + " from lead_earlier where " + where,
            (row, n) -> progress(row),
            arguments)
        .stream()
        .findFirst();
  }

  Optional<Progress> lock(long integration) {
    return first("integration_id = ? for update", integration);
  }

  /** Takes one that is due, so that nobody else does for some time. */
  Optional<Progress> claim(Instant now, Instant until) {
    Optional<Progress> due =
        first(
            "due_at > ? and due_at <= ? order by due_at limit 1 for update skip locked",
            Utc.FIRST,
            Utc.column(now));
    due.ifPresent(
        one ->
            jdbc.update(
                "update lead_earlier set due_at = ? where integration_id = ?",
                Utc.column(until),
                one.integration()));
    return due;
  }

  /** Begins one in the place of the one before. */
  void begin(long integration, Instant since, Instant now) {
    jdbc.update("delete from lead_earlier where integration_id = ?", integration);
    jdbc.update(
        "insert into lead_earlier (integration_id, since, state, form, found, taken, attempts, due_at, started_at)"
            + " values (?, ?, ?, 0, 0, 0, 0, ?, ?)",
        integration,
        Utc.column(since),
        EarlierLeads.State.RUNNING.number(),
        Utc.column(now),
        Utc.column(now));
  }

  /** Keeps how far one is that goes on at once or later; nothing when it was cancelled meanwhile. */
  void goOn(Progress one, Instant dueAt) {
    jdbc.update(
        "update lead_earlier set page = ?, forms = ?, form = ?, cursor_after = ?, found = ?, taken = ?, attempts = ?,"
            + " problem = ?, due_at = ? where integration_id = ? and state = ? and started_at = ?",
        one.page(),
        text(one.forms()),
        one.form(),
        one.after(),
        one.found(),
        one.taken(),
        one.attempts(),
        cut(one.problem()),
        Utc.column(dueAt),
        one.integration(),
        EarlierLeads.State.RUNNING.number(),
        Utc.column(one.startedAt()));
  }

  /** Ends one. */
  void end(Progress one, EarlierLeads.State state, Instant now) {
    jdbc.update(
        "update lead_earlier set state = ?, form = ?, found = ?, taken = ?, problem = ?, due_at = null, ended_at = ?"
            + " where integration_id = ? and state = ? and started_at = ?",
        state.number(),
        one.form(),
        one.found(),
        one.taken(),
        cut(one.problem()),
        Utc.column(now),
        one.integration(),
        EarlierLeads.State.RUNNING.number(),
        Utc.column(one.startedAt()));
  }

  private static @Nullable String cut(@Nullable String problem) {
    return problem == null || problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM);
  }

  private @Nullable String text(@Nullable List<String> forms) {
    try {
      return forms == null ? null : json.writeValueAsString(forms);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Ids are always text", e);
    }
  }

  private Progress progress(ResultSet row) throws SQLException {
    String forms = row.getString(5);
    try {
      return new Progress(
          row.getLong(1),
          Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))),
          EarlierLeads.State.of(row.getInt(3)),
          row.getString(4),
          forms == null ? null : json.readValue(forms, new TypeReference<List<String>>() {}),
          row.getInt(6),
          row.getString(7),
          row.getLong(8),
          row.getLong(9),
          row.getInt(10),
          row.getString(11),
          Objects.requireNonNull(Utc.moment(row.getObject(12, LocalDateTime.class))),
          Utc.moment(row.getObject(13, LocalDateTime.class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored forms cannot be read", e);
    }
  }
}
