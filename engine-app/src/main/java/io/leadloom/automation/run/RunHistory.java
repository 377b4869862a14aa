package io.leadloom.automation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What runs did, for people to read (AUT-D13). All lists are paged and indexed. */
@Service
@Transactional(readOnly = true)
public class RunHistory {

  private static final String COLUMNS =
      "select r.id, r.automation_id, r.version_id, r.root_type, r.root_id, r.status, r.started_at, r.ended_at, r.cause,"
          + " r.incident from run r ";

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  RunHistory(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /** A run as lists show it. */
  public record Summary(
      long id,
      long automationId,
      long versionId,
      RecordRef ref,
      RunStatus status,
      Instant startedAt,
      @Nullable Instant endedAt,
      JsonNode cause,
      @Nullable String incident) {}

  /** One card of a run's history. */
  public record Step(
      String card,
      int visit,
      Instant at,
      @Nullable Instant leftAt,
      String result,
      @Nullable String message,
      Map<String, JsonNode> seen,
      @Nullable String rule,
      @Nullable String branch) {}

  /** What a run waits for. */
  public record Waiting(
      String id,
      String card,
      int visit,
      String kind,
      @Nullable Instant due,
      @Nullable String message) {}

  /** What runs did at a card. The empty card counts the runs themselves. */
  public record Figures(String card, long entered, long waiting, long done, long failed) {}

  public Summary run(long id) {
    List<Summary> found = jdbc.query(COLUMNS + "where r.id = ?", this::summary, id);
    if (found.isEmpty()) {
      throw RefusedException.notFound("run", id);
    }
    return found.get(0);
  }

  /** The cards that a run came by, in order. */
  public List<Step> steps(long id) {
    List<String> parts = new ArrayList<>();
    parts.addAll(jdbc.queryForList("select steps from run where id = ?", String.class, id));
    parts.addAll(
        jdbc.queryForList(
            "select steps from run_steps where run_id = ? order by part", String.class, id));
    Map<String, Step> steps = new LinkedHashMap<>();
    for (String part : parts) {
      for (String line : part.split("\n")) {
        if (!line.isEmpty()) {
          add(line, steps);
        }
      }
    }
    return List.copyOf(steps.values());
  }

  private void add(String line, Map<String, Step> steps) {
    JsonNode node = parse(line);
    String card = node.path("c").asText();
    int visit = node.path("v").asInt(1);
    long micros = node.path("t").asLong();
    Instant at = Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    boolean left = node.path("l").asInt() == 1;
    String key = card + " " + visit;
    Step before = steps.get(key);
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    if (before != null) {
      seen.putAll(before.seen());
    }
    node.path("s").properties().forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
    String message = text(node, "m");
    steps.put(
        key,
        new Step(
            card,
            visit,
            before == null ? at : before.at(),
            left || before != null ? at : null,
            node.path("r").asText("done"),
            message == null ? before == null ? null : before.message() : message,
            seen,
            text(node, "f") == null && before != null ? before.rule() : text(node, "f"),
            text(node, "b") == null && before != null ? before.branch() : text(node, "b")));
  }

  public List<Waiting> waits(long id) {
    return jdbc.query(
        "select wait_id, node_id, visit, kind, due, message from run_wait where run_id = ? order by wait_id",
        (row, number) ->
            new Waiting(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                switch (row.getInt(4)) {
                  case RunRows.TIMER -> "timer";
                  case RunRows.EVENT -> "event";
                  case RunRows.CARD -> "card";
                  default -> "failure";
                },
                Utc.moment(row.getObject(5, LocalDateTime.class)),
                row.getString(6)),
        id);
  }

  /** The runs of an automation, newest first. */
  public Page<Summary> ofAutomation(
      long automationId, @Nullable RunStatus status, @Nullable String cursor, int limit) {
    long before = before(cursor);
    if (status != null) {
      String sql = COLUMNS + ofStatus(automationId, status, limit + 1);
      return page(jdbc.query(sql, this::summary, before), limit);
    }
    // Each status is a range of one index, which all of them together are not.
    String sql =
        Arrays.stream(RunStatus.values())
            .map(one -> "(" + COLUMNS + ofStatus(automationId, one, limit + 1) + ")")
            .collect(Collectors.joining(" union all "));
    Object[] arguments = new Object[RunStatus.values().length];
    Arrays.fill(arguments, before);
    return page(
        jdbc.query(sql + " order by id desc limit " + (limit + 1), this::summary, arguments),
        limit);
  }

  /** The order names the whole index for H2, which sorts otherwise. */
  private static String ofStatus(long automationId, RunStatus status, int limit) {
    return "where r.automation_id = "
        + automationId
        + " and r.status = "
        + status.code()
        + " and r.id < ? order by r.automation_id desc, r.status desc, r.id desc limit "
        + limit;
  }

  /**
   * The runs of a record, newest first.
   *
   * @param open true for those that go on, false for those that have ended; null for both
   */
  public Page<Summary> ofRecord(
      RecordRef ref, @Nullable Boolean open, @Nullable String cursor, int limit) {
    String going =
        Arrays.stream(RunStatus.values())
            .filter(status -> !status.ended())
            .map(status -> Integer.toString(status.code()))
            .collect(Collectors.joining(", "));
    String which =
        open == null ? "" : " and r.status " + (open ? "in (" : "not in (") + going + ")";
    return page(
        jdbc.query(
            COLUMNS
                + "where r.root_id = ? and r.root_type = ? and r.id < ?"
                + which
                + " order by r.root_id desc, r.root_type desc, r.id desc limit "
                + (limit + 1),
            this::summary,
            ref.id(),
            ref.type().code(),
            before(cursor)),
        limit);
  }

  /** The newest run of each of these automations for a record. */
  public Map<Long, Summary> newest(RecordRef ref, Collection<Long> automations) {
    Map<Long, Summary> newest = new HashMap<>();
    if (!automations.isEmpty()) {
      String sql =
          COLUMNS
              + "where r.id in (select max(n.id) from run n where n.root_id = ? and n.root_type = ?"
              + " and n.automation_id in ("
              + Sql.list(automations)
              + ") group by n.automation_id)";
      jdbc.query(sql, this::summary, ref.id(), ref.type().code())
          .forEach(run -> newest.put(run.automationId(), run));
    }
    return newest;
  }

  /** The figures of the cards of a version. */
  public List<Figures> figures(long versionId) {
    return jdbc.query(
        "select card, sum(entered), sum(waiting), sum(done), sum(failed) from card_figure where version_id = ?"
            + " group by card order by card",
        (row, number) ->
            new Figures(
                row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
        versionId);
  }

  /** The figures of the runs of these automations, all versions together; those that never ran are left out. */
  public Map<Long, Figures> figuresByAutomation(Collection<Long> automations) {
    Map<Long, Figures> figures = new HashMap<>();
    if (automations.isEmpty()) {
      return figures;
    }
    jdbc.query(
        "select v.automation_id, sum(f.entered), sum(f.waiting), sum(f.done), sum(f.failed)"
            + " from automation_version v join card_figure f on f.version_id = v.id and f.card = ''"
            + " where v.automation_id in ("
            + Sql.list(automations)
            + ") group by v.automation_id",
        row -> {
          figures.put(
              row.getLong(1),
              new Figures(
                  RunFigures.RUNS, row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)));
        });
    return figures;
  }

  private static long before(@Nullable String cursor) {
    try {
      return cursor == null || cursor.isBlank() ? Long.MAX_VALUE : Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw RefusedException.invalid(
          "The cursor is not one", Violation.of("cursor", cursor, "a cursor of the last page"));
    }
  }

  private static Page<Summary> page(List<Summary> found, int limit) {
    boolean more = found.size() > limit;
    List<Summary> items = more ? found.subList(0, limit) : found;
    return new Page<>(items, more ? Long.toString(items.get(items.size() - 1).id()) : null, null);
  }

  private Summary summary(ResultSet row, int number) throws SQLException {
    return new Summary(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        new RecordRef(EntityType.ofCode(row.getInt(4)), row.getLong(5)),
        RunStatus.of(row.getInt(6)),
        StoredRuns.time(row, 7),
        Utc.moment(row.getObject(8, LocalDateTime.class)),
        parse(row.getString(9)),
        row.getString(10));
  }

  private JsonNode parse(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      return json.createObjectNode();
    }
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.hasNonNull(key) ? node.get(key).asText() : null;
  }
}
