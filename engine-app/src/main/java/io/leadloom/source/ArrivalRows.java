package io.leadloom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.source.Arrival.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of what came in; call it in a transaction. */
@Component
class ArrivalRows {

  private static final String COLUMNS =
      "id, integration_id, received_at, state, readable, fetched, payload, problems, lead_id, attempts, due_at";

  private static final int PIECE = 500;

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;
  private final Ways ways;

  ArrivalRows(JdbcTemplate jdbc, ObjectMapper json, Ways ways) {
    this.jdbc = jdbc;
    this.json = json;
    this.ways = ways;
  }

  /** Keeps what has come in; throws {@code DuplicateKeyException} when a delivery with its key is there. */
  long insert(
      long integration,
      @Nullable String keyDigest,
      Instant now,
      State state,
      Parcel parcel,
      @Nullable Instant dueAt) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          var insert =
              connection.prepareStatement(
                  "insert into lead_arrival (integration_id, key_digest, received_at, state, readable, fetched,"
                      + " payload, problems, attempts, due_at, findable) values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, true)",
                  new String[] {"id"});
          insert.setLong(1, integration);
          insert.setString(2, keyDigest);
          insert.setObject(3, Utc.column(now));
          insert.setInt(4, state.number());
          insert.setBoolean(5, parcel.raw() == null);
          insert.setBoolean(6, parcel.complete());
          insert.setString(7, payload(parcel));
          insert.setString(8, text(parcel.problems()));
          insert.setObject(9, Utc.column(dueAt));
          return insert;
        },
        key);
    long id = Objects.requireNonNull(key.getKey()).longValue();
    found(id, ways.of(parcel.values(), parcel.raw()));
    return id;
  }

  /** Keeps by what whom it brings can be found. */
  private void found(long id, Set<String> digests) {
    jdbc.update("delete from lead_arrival_way where arrival_id = ?", id);
    if (!digests.isEmpty()) {
      jdbc.batchUpdate(
          "insert into lead_arrival_way (arrival_id, digest) values (?, ?)",
          digests.stream().map(digest -> new Object[] {id, digest}).toList());
    }
  }

  /** Makes some findable that came in before people were looked for; returns how many. */
  int findable(int limit) {
    List<Arrival> some =
        jdbc.query(
            "select "
                + COLUMNS
                + " from lead_arrival where findable = false order by id limit "
                + limit
                + " for update skip locked",
            (row, n) -> arrival(row));
    if (some.isEmpty()) {
      return 0;
    }
    some.forEach(one -> found(one.id(), ways.of(one.values(), one.raw())));
    jdbc.update(
        "update lead_arrival set findable = true where id in ("
            + Ids.listed(some.stream().map(Arrival::id).toList())
            + ")");
    return some.size();
  }

  private String payload(Parcel parcel) {
    return parcel.raw() == null ? Objects.requireNonNull(text(parcel.values())) : parcel.raw();
  }

  /** Puts what came again in the place of what was refused. */
  void replace(long id, Parcel parcel, State state, @Nullable Instant dueAt) {
    jdbc.update(
        "update lead_arrival set state = ?, readable = ?, fetched = ?, payload = ?, problems = ?, attempts = 0,"
            + " due_at = ? where id = ?",
        state.number(),
        parcel.raw() == null,
        parcel.complete(),
        payload(parcel),
        text(parcel.problems()),
        Utc.column(dueAt),
        id);
    found(id, ways.of(parcel.values(), parcel.raw()));
  }

  private Optional<Arrival> first(String where, Object... arguments) {
    return jdbc
        .query(
            "select " + COLUMNS + " from lead_arrival where " + where,
            (row, n) -> arrival(row),
            arguments)
        .stream()
        .findFirst();
  }

  Optional<Arrival> find(long id) {
    return first("id = ?", id);
  }

  Optional<Arrival> lock(long id) {
    return first("id = ? for update", id);
  }

  Optional<Arrival> byKey(String keyDigest) {
    return first("key_digest = ?", keyDigest);
  }

  /** The newest first, of one integration. */
  List<Arrival> page(long integration, @Nullable State state, @Nullable Long before, int limit) {
    List<Object> arguments = new ArrayList<>(List.of(integration));
    String where = "integration_id = ?";
    if (state != null) {
      where += " and state = ?";
      arguments.add(state.number());
    }
    if (before != null) {
      where += " and id < ?";
      arguments.add(before);
    }
    return jdbc.query(
        "select "
            + COLUMNS
            + " from lead_arrival where "
            + where
            + " order by id desc limit "
            + limit,
        (row, n) -> arrival(row),
        arguments.toArray());
  }

  /** Has the oldest of those in a state that could be read tried again; returns how many. */
  int allAgain(long integration, State state, Instant dueAt, int limit) {
    List<Long> open =
        jdbc.queryForList(
            "select id from lead_arrival where integration_id = ? and state = ? and readable = true order by id limit "
                + limit
                + " for update",
            Long.class,
            integration,
            state.number());
    return open.isEmpty()
        ? 0
        : jdbc.update(
            "update lead_arrival set state = ?, attempts = 0, due_at = ? where id in ("
                + Ids.listed(open)
                + ")",
            State.WAITING.number(),
            Utc.column(dueAt));
  }

  /** Takes what is due for some time, so that nobody else does. */
  List<Arrival> claim(Instant now, Instant until, int limit) {
    List<Arrival> due =
        jdbc.query(
            "select "
                + COLUMNS
                + " from lead_arrival where due_at > ? and due_at <= ? order by due_at, id limit "
                + limit
                + " for update skip locked",
            (row, n) -> arrival(row),
            Utc.FIRST,
            Utc.column(now));
    if (!due.isEmpty()) {
      jdbc.update(
          "update lead_arrival set due_at = ?, attempts = attempts + 1 where id in ("
              + Ids.listed(due.stream().map(Arrival::id).toList())
              + ")",
          Utc.column(until));
    }
    return due;
  }

  /** What was fetched. */
  void fetched(long id, Map<String, String> values) {
    jdbc.update(
        "update lead_arrival set fetched = true, payload = ? where id = ?", text(values), id);
    found(id, ways.of(values, null));
  }

  void later(long id, List<Violation> problems, Instant dueAt) {
    jdbc.update(
        "update lead_arrival set problems = ?, due_at = ? where id = ?",
        text(problems),
        Utc.column(dueAt),
        id);
  }

  /** It belongs to another integration. */
  void moved(long id, long integration) {
    jdbc.update("update lead_arrival set integration_id = ? where id = ?", integration, id);
  }

  /** It is tried again from the start. */
  void again(long id, Instant dueAt) {
    jdbc.update(
        "update lead_arrival set state = ?, attempts = 0, due_at = ? where id = ?",
        State.WAITING.number(),
        Utc.column(dueAt),
        id);
  }

  void ended(long id, State state, List<Violation> problems, @Nullable Long lead) {
    jdbc.update(
        "update lead_arrival set state = ?, problems = ?, lead_id = ?, due_at = null where id = ?",
        state.number(),
        text(problems),
        lead,
        id);
  }

  void delete(long id) {
    jdbc.update("delete from lead_arrival where id = ?", id);
  }

  /** Forgets what is to be forgotten of leads that are erased. */
  void erased(List<Long> leads) {
    jdbc.update("delete from lead_arrival where lead_id in (" + Ids.listed(leads) + ")");
  }

  /** Forgets what no lead was made of and brings one of these people. */
  void erasedPeople(Collection<String> digests) {
    List<String> all = List.copyOf(digests);
    for (int from = 0; from < all.size(); from += PIECE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + PIECE));
      List<Long> found =
          jdbc.queryForList(
              "select distinct a.id from lead_arrival_way w join lead_arrival a on a.id = w.arrival_id"
                  + " where w.digest in ("
                  + String.join(", ", Collections.nCopies(some.size(), "?"))
                  + ") and a.lead_id is null",
              Long.class,
              some.toArray());
      if (!found.isEmpty()) {
        jdbc.update(
            "delete from lead_arrival where lead_id is null and id in (" + Ids.listed(found) + ")");
      }
    }
  }

  /** Forgets some that came in before; returns how many. Those under way stay. */
  int forget(Instant before, int limit) {
    List<Long> old =
        jdbc.queryForList(
            "select id from lead_arrival where received_at < ? and state <> 1 order by received_at limit "
                + limit,
            Long.class,
            Utc.column(before));
    return old.isEmpty()
        ? 0
        : jdbc.update("delete from lead_arrival where id in (" + Ids.listed(old) + ")");
  }

  private @Nullable String text(Object value) {
    if (value instanceof List<?> list && list.isEmpty()) {
      return null;
    }
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts are always JSON", e);
    }
  }

  private Arrival arrival(ResultSet row) throws SQLException {
    boolean readable = row.getBoolean(5);
    String payload = row.getString(7);
    String problems = row.getString(8);
    try {
      return new Arrival(
          row.getLong(1),
          row.getLong(2),
          Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))),
          State.of(row.getInt(4)),
          row.getBoolean(6),
          readable
              ? json.readValue(payload, new TypeReference<LinkedHashMap<String, String>>() {})
              : Map.of(),
          readable ? null : payload,
          problems == null
              ? List.of()
              : json.readValue(problems, new TypeReference<List<Violation>>() {}),
          row.getObject(9) == null ? null : row.getLong(9),
          row.getInt(10),
          Utc.moment(row.getObject(11, LocalDateTime.class)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored delivery cannot be read", e);
    }
  }
}
