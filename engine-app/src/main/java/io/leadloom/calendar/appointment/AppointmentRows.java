package io.leadloom.calendar.appointment;

import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of appointments; call it in a transaction. */
@Component
class AppointmentRows {

  /** No appointment lasts longer. */
  static final Duration LONGEST = Duration.ofHours(24);

  private static final String SELECT =
      "select p.id, p.owner_id, p.record_type, p.record_id, p.starts_at, p.ends_at, p.status, p.notes, p.created_by,"
          + " p.created_at, p.version, e.revision, e.written, e.problem, c.name as calendar from appointment p"
          + " left join calendar_event e on e.appointment_id = p.id"
          + " left join account_calendar c on c.id = e.calendar_id ";

  private final JdbcTemplate jdbc;

  AppointmentRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Where a page of a list begins: after this one, which is later or has the greater id. */
  record Before(Instant startsAt, long id) {}

  /** A new appointment. */
  record Fresh(
      long owner,
      RecordRef with,
      Span span,
      AppointmentStatus status,
      @Nullable String notes,
      @Nullable Long createdBy,
      Instant createdAt) {}

  /** When an appointment was before it was moved. */
  public record Move(Span span, Instant movedAt, @Nullable Long movedBy) {}

  long insert(Fresh fresh) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement statement =
              connection.prepareStatement(
                  "insert into appointment (owner_id, record_type, record_id, starts_at, ends_at, status, notes,"
                      + " created_by, created_at, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                  Statement.RETURN_GENERATED_KEYS);
          int at = 0;
          statement.setLong(++at, fresh.owner());
          statement.setString(++at, fresh.with().type().key());
          statement.setLong(++at, fresh.with().id());
          statement.setObject(++at, Utc.column(fresh.span().from()));
          statement.setObject(++at, Utc.column(fresh.span().to()));
          statement.setInt(++at, fresh.status().code());
          statement.setString(++at, fresh.notes());
          statement.setObject(++at, fresh.createdBy());
          statement.setObject(++at, Utc.column(fresh.createdAt()));
          return statement;
        },
        key);
    return Objects.requireNonNull(key.getKey()).longValue();
  }

  Optional<Appointment> find(long id) {
    return jdbc.query(SELECT + "where p.id = ?", (row, n) -> appointment(row), id).stream()
        .findFirst();
  }

  /** Changes one that has the version that was read; says whether it had. */
  boolean change(
      long id, int version, Span span, AppointmentStatus status, @Nullable String notes) {
    return jdbc.update(
            "update appointment set starts_at = ?, ends_at = ?, status = ?, notes = ?, version = version + 1"
                + " where id = ? and version = ?",
            Utc.column(span.from()),
            Utc.column(span.to()),
            status.code(),
            notes,
            id,
            version)
        > 0;
  }

  void moved(Appointment before, @Nullable Long by, Instant at) {
    jdbc.update(
        "insert into appointment_move (appointment_id, starts_at, ends_at, moved_at, moved_by) values (?, ?, ?, ?, ?)",
        before.id(),
        Utc.column(before.span().from()),
        Utc.column(before.span().to()),
        Utc.column(at),
        by);
  }

  List<Move> moves(long id, int most) {
    return jdbc.query(
        "select starts_at, ends_at, moved_at, moved_by from appointment_move where appointment_id = ?"
            + " order by id desc limit "
            + most,
        (row, n) ->
            new Move(
                new Span(moment(row, "starts_at"), moment(row, "ends_at")),
                moment(row, "moved_at"),
                row.getObject("moved_by", Long.class)),
        id);
  }

  void delete(long id) {
    jdbc.update("delete from appointment where id = ?", id);
  }

  /** Those that take the time of an owner, in their order. */
  List<Appointment> taking(long owner, Span span, int most) {
    return jdbc.query(
        SELECT
            + "where p.owner_id = ? and p.starts_at < ? and p.starts_at > ? and p.ends_at > ?"
            + " and p.status not in (3, 6) order by p.owner_id, p.starts_at, p.id limit "
            + most,
        (row, n) -> appointment(row),
        owner,
        Utc.column(span.to()),
        Utc.column(span.from().minus(LONGEST)),
        Utc.column(span.from()));
  }

  /** How many are to come, or under way, that take the time of an owner. */
  long toCome(long owner, Instant now) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select count(*) from appointment p where p.owner_id = ? and p.starts_at > ? and p.ends_at > ?"
                + " and p.status not in (3, 6)",
            Long.class,
            owner,
            Utc.column(now.minus(LONGEST)),
            Utc.column(now)));
  }

  /** These, in the order of their ids. */
  List<Appointment> toCome(long owner, Instant now, long after, int most) {
    return jdbc.query(
        SELECT
            + "where p.owner_id = ? and p.starts_at > ? and p.ends_at > ? and p.status not in (3, 6) and p.id > ?"
            + " order by p.id limit "
            + most,
        (row, n) -> appointment(row),
        owner,
        Utc.column(now.minus(LONGEST)),
        Utc.column(now),
        after);
  }

  void give(long id, long owner) {
    jdbc.update(
        "update appointment set owner_id = ?, version = version + 1 where id = ?", owner, id);
  }

  /** Those to come that take the time of an owner and have no entry in a calendar. */
  List<Long> unwritten(long owner, Instant now, int most) {
    return jdbc.queryForList(
        "select p.id from appointment p left join calendar_event e on e.appointment_id = p.id"
            + " where p.owner_id = ? and p.starts_at > ? and p.status not in (3, 6) and e.id is null"
            + " order by p.owner_id, p.starts_at, p.id limit "
            + most,
        Long.class,
        owner,
        Utc.column(now));
  }

  List<Appointment> ofOwner(long owner, @Nullable Before before, int most) {
    return page("p.owner_id = ?", List.of(owner), "p.owner_id desc, ", before, most);
  }

  /** Those with a record, and with those that have become part of it. */
  List<Appointment> with(EntityType type, List<Long> ids, @Nullable Before before, int most) {
    return page(
        "p.record_type = ? and p.record_id in (" + Ids.listed(ids) + ")",
        List.of(type.key()),
        ids.size() == 1 ? "p.record_type desc, p.record_id desc, " : "",
        before,
        most);
  }

  private List<Appointment> page(
      String where, List<?> given, String order, @Nullable Before before, int most) {
    List<@Nullable Object> arguments = new ArrayList<>(given);
    String after = "";
    if (before != null) {
      after = " and (p.starts_at < ? or p.starts_at = ? and p.id < ?)";
      arguments.add(Utc.column(before.startsAt()));
      arguments.add(Utc.column(before.startsAt()));
      arguments.add(before.id());
    }
    return jdbc.query(
        SELECT
            + "where "
            + where
            + after
            + " order by "
            + order
            + "p.starts_at desc, p.id desc limit "
            + most,
        (row, n) -> appointment(row),
        arguments.toArray());
  }

  List<Long> ids(EntityType type, List<Long> records) {
    return records.isEmpty()
        ? List.of()
        : jdbc.queryForList(
            "select id from appointment where record_type = ? and record_id in ("
                + Ids.listed(records)
                + ") order by id",
            Long.class,
            type.key());
  }

  private static Appointment appointment(ResultSet row) throws SQLException {
    String type = row.getString("record_type");
    String calendar = row.getString("calendar");
    return new Appointment(
        row.getLong("id"),
        row.getLong("owner_id"),
        new RecordRef(
            EntityType.of(type).orElseThrow(() -> new IllegalStateException("No kind " + type)),
            row.getLong("record_id")),
        new Span(moment(row, "starts_at"), moment(row, "ends_at")),
        AppointmentStatus.of(row.getInt("status")),
        row.getString("notes"),
        row.getObject("created_by", Long.class),
        moment(row, "created_at"),
        row.getInt("version"),
        calendar == null
            ? null
            : new Appointment.Entry(
                calendar,
                row.getInt("revision") == row.getInt("written"),
                row.getString("problem")));
  }

  private static Instant moment(ResultSet row, String column) throws SQLException {
    return Objects.requireNonNull(Utc.moment(row.getObject(column, LocalDateTime.class)));
  }
}
