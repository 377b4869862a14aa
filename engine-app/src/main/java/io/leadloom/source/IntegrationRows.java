package io.leadloom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Digests;
import io.leadloom.platform.vault.Vault;
import io.leadloom.source.Arrival.State;
import io.leadloom.source.Integration.Counts;
import io.leadloom.source.Integration.Known;
import io.leadloom.source.Integration.Mapped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of integrations; call it in a transaction. */
@Component
class IntegrationRows {

  private static final String COLUMNS =
      "id, name, kind, source_form, owner_id, active, known, mapping, thanks, delivery_field, page, origins, version";
  private static final int LONGEST_PROBLEM = 1_000;

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final ObjectMapper json;

  IntegrationRows(JdbcTemplate jdbc, Vault vault, ObjectMapper json) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.json = json;
  }

  static String purpose(long id) {
    return "lead-integration:" + id;
  }

  List<Integration> all(int most) {
    return jdbc.query(
        "select " + COLUMNS + " from lead_integration order by name, id limit " + most,
        (row, n) -> integration(row));
  }

  int count() {
    return Objects.requireNonNull(
        jdbc.queryForObject("select count(*) from lead_integration", Integer.class));
  }

  private Optional<Integration> first(String where, Object argument) {
    return jdbc
        .query(
            "select " + COLUMNS + " from lead_integration where " + where,
            (row, n) -> integration(row),
            argument)
        .stream()
        .findFirst();
  }

  Optional<Integration> find(long id) {
    return first("id = ?", id);
  }

  /** Nobody else counts or changes it until the transaction ends. */
  Optional<Integration> lock(long id) {
    return first("id = ? for update", id);
  }

  Optional<Integration> byToken(String token) {
    return first("token_digest = ?", Digests.hex(token));
  }

  Secrets secrets(long id) {
    byte[] sealed =
        Objects.requireNonNull(
            jdbc.queryForObject(
                "select sealed from lead_integration where id = ?", byte[].class, id));
    try {
      return json.readValue(vault.open(sealed, purpose(id)), Secrets.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored secrets cannot be read");
    }
  }

  private byte[] sealed(long id, Secrets secrets) {
    try {
      return vault.seal(json.writeValueAsString(secrets), purpose(id));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Secrets are always text");
    }
  }

  long insert(Integration made, Secrets secrets, Instant now) {
    String digest = Digests.hex(secrets.token());
    jdbc.update(
        "insert into lead_integration (name, kind, source_form, owner_id, active, known, mapping, thanks, delivery_field,"
            + " page, origins, token_digest, sealed, version, received, created, updated, unchanged, tests, created_at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, 0, 0, ?)",
        made.name(),
        made.kind().key(),
        made.source(),
        made.owner(),
        made.active(),
        made.known().key(),
        text(made.mapping()),
        made.thanks(),
        made.deliveryField(),
        made.page(),
        text(made.origins()),
        digest,
        new byte[0],
        Utc.column(now));
    long id =
        Objects.requireNonNull(
            jdbc.queryForObject(
                "select id from lead_integration where token_digest = ?", Long.class, digest));
    write(id, secrets);
    return id;
  }

  void write(long id, Secrets secrets) {
    jdbc.update(
        "update lead_integration set token_digest = ?, sealed = ? where id = ?",
        Digests.hex(secrets.token()),
        sealed(id, secrets),
        id);
  }

  /** Writes it with the next version. */
  void update(Integration after) {
    jdbc.update(
        "update lead_integration set name = ?, source_form = ?, owner_id = ?, active = ?, known = ?, mapping = ?,"
            + " thanks = ?, delivery_field = ?, page = ?, origins = ?, version = version + 1 where id = ?",
        after.name(),
        after.source(),
        after.owner(),
        after.active(),
        after.known().key(),
        text(after.mapping()),
        after.thanks(),
        after.deliveryField(),
        after.page(),
        text(after.origins()),
        after.id());
  }

  void delete(long id) {
    jdbc.update("delete from lead_arrival where integration_id = ?", id);
    jdbc.update("delete from lead_integration where id = ?", id);
  }

  /** Counts a delivery that has just come in. */
  void received(long id, boolean test, Instant now) {
    jdbc.update(
        "update lead_integration set received = received + 1, tests = tests + ?, last_at = ? where id = ?",
        test ? 1 : 0,
        Utc.column(now),
        id);
  }

  /** Counts a delivery with the integration that it belongs to. */
  void moved(long from, long to, Instant now) {
    jdbc.update("update lead_integration set received = received - 1 where id = ?", from);
    received(to, false, now);
  }

  /** Counts what has become of a delivery. */
  void ended(long id, State state) {
    String column =
        switch (state) {
          case CREATED -> "created";
          case UPDATED -> "updated";
          default -> "unchanged";
        };
    jdbc.update("update lead_integration set " + column + " = " + column + " + 1 where id = ?", id);
  }

  /** Notes the last thing that went wrong. */
  void problem(long id, String problem, Instant now) {
    jdbc.update(
        "update lead_integration set last_problem = ?, last_problem_at = ? where id = ?",
        problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) : problem,
        Utc.column(now),
        id);
  }

  /** What has come in through each of these. */
  Map<Long, Counts> counts(List<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    String these = "(" + Ids.listed(ids) + ")";
    Map<Long, Map<Integer, Long>> open = new HashMap<>();
    jdbc.query(
        "select integration_id, state, count(*) from lead_arrival where integration_id in "
            + these
            + " and state in (1, 5, 6) group by integration_id, state",
        row -> {
          open.computeIfAbsent(row.getLong(1), id -> new HashMap<>())
              .put(row.getInt(2), row.getLong(3));
        });
    Map<Long, Counts> counts = new LinkedHashMap<>();
    jdbc.query(
        "select id, received, created, updated, unchanged, tests, last_at, last_problem, last_problem_at"
            + " from lead_integration where id in "
            + these,
        row -> {
          Map<Integer, Long> now = open.getOrDefault(row.getLong(1), Map.of());
          counts.put(
              row.getLong(1),
              new Counts(
                  row.getLong(2),
                  row.getLong(3),
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  now.getOrDefault(State.REFUSED.number(), 0L),
                  now.getOrDefault(State.HELD.number(), 0L),
                  now.getOrDefault(State.WAITING.number(), 0L),
                  Utc.moment(row.getObject(7, LocalDateTime.class)),
                  row.getString(8),
                  Utc.moment(row.getObject(9, LocalDateTime.class))));
        });
    return counts;
  }

  private String text(List<?> some) {
    try {
      return json.writeValueAsString(some);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Names are always text");
    }
  }

  private Integration integration(ResultSet row) throws SQLException {
    String kind = row.getString(3);
    String known = row.getString(7);
    String origins = row.getString(12);
    try {
      return new Integration(
          row.getLong(1),
          row.getString(2),
          IntegrationKind.of(kind).orElseThrow(() -> new IllegalStateException("No kind " + kind)),
          row.getString(4),
          row.getObject(5) == null ? null : row.getLong(5),
          row.getBoolean(6),
          Known.of(known).orElseThrow(() -> new IllegalStateException("Not known: " + known)),
          json.readValue(row.getString(8), new TypeReference<List<Mapped>>() {}),
          row.getString(9),
          row.getString(10),
          row.getString(11),
          origins == null
              ? List.of()
              : json.readValue(origins, new TypeReference<List<String>>() {}),
          row.getInt(13));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored mapping or website cannot be read", e);
    }
  }
}
