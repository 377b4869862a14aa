package io.leadloom.calendar.appointment;

import io.leadloom.calendar.choice.LeftEntries;
import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.Span;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;

/** The rows of entries in outside calendars; call it in a transaction. */
@Component
class EntryRows {

  private static final int LONGEST_PROBLEM = 600;
  private static final String SELECT =
      "select e.id, e.appointment_id, e.token, e.event_key, e.revision, e.written, e.written_from, e.written_to,"
          + " e.lease_until, e.record_type, e.record_id, c.id as calendar_id, c.calendar_key, c.writable, c.user_id,"
          + " c.account_id, a.provider from calendar_event e"
          + " join account_calendar c on c.id = e.calendar_id join calendar_account a on a.id = c.account_id ";

  private final JdbcTemplate jdbc;

  EntryRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * An entry.
   *
   * @param appointment null where the entry is only to be taken out
   * @param mark by which it is found at the provider
   * @param event what the provider calls it; null when that is not known
   * @param root what the appointment is or was with; null where nobody knows any more
   * @param standing when it is there now, as far as is known
   * @param writable whether the calendar can be written to
   * @param owner whose calendar it is
   */
  record Entry(
      long id,
      @Nullable Long appointment,
      String mark,
      @Nullable String event,
      int revision,
      int written,
      @Nullable RecordRef root,
      @Nullable Span standing,
      @Nullable Instant leaseUntil,
      long calendarId,
      String calendar,
      long account,
      CalendarProvider provider,
      boolean writable,
      long owner) {}

  Optional<Entry> of(long appointment) {
    return first(SELECT + "where e.appointment_id = ?", appointment);
  }

  /** Locks the row of the entry, too. */
  Optional<Entry> locked(long id) {
    boolean there =
        !jdbc.queryForList("select id from calendar_event where id = ? for update", Long.class, id)
            .isEmpty();
    return there ? first(SELECT + "where e.id = ?", id) : Optional.empty();
  }

  private Optional<Entry> first(String sql, long id) {
    return jdbc.query(sql, (row, n) -> entry(row), id).stream().findFirst();
  }

  /** Those of an account that are not as they should be. */
  List<Entry> unwritten(long account, int most) {
    return jdbc.query(
        SELECT + "where c.account_id = ? and e.revision <> e.written order by e.id limit " + most,
        (row, n) -> entry(row),
        account);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    byte[] event = row.getBytes("event_key");
    Instant from = Utc.moment(row.getObject("written_from", LocalDateTime.class));
    Instant to = Utc.moment(row.getObject("written_to", LocalDateTime.class));
    String provider = row.getString("provider");
    String type = row.getString("record_type");
    EntityType root = type == null ? null : EntityType.of(type).orElse(null);
    return new Entry(
        row.getLong("id"),
        row.getObject("appointment_id", Long.class),
        row.getString("token"),
        event == null ? null : new String(event, StandardCharsets.UTF_8),
        row.getInt("revision"),
        row.getInt("written"),
        root == null ? null : new RecordRef(root, row.getLong("record_id")),
        from == null || to == null ? null : new Span(from, to),
        Utc.moment(row.getObject("lease_until", LocalDateTime.class)),
        row.getLong("calendar_id"),
        new String(row.getBytes("calendar_key"), StandardCharsets.UTF_8),
        row.getLong("account_id"),
        CalendarProvider.of(provider)
            .orElseThrow(() -> new IllegalStateException("No provider " + provider)),
        row.getBoolean("writable"),
        row.getLong("user_id"));
  }

  /** Those that have not been as they should be since then, in their order; those of longer ago are given up. */
  List<Entry> openSince(Instant from, Instant to, long after, int most) {
    return jdbc.query(
        SELECT
            + "where e.open_since > ? and e.open_since < ? and a.state = 1 and e.id > ? order by e.id limit "
            + most,
        (row, n) -> entry(row),
        Utc.column(from),
        Utc.column(to),
        after);
  }

  /** Those of a user in calendars that cannot be written to any more, whose changes wait. */
  List<Long> stranded(long owner, int most) {
    return jdbc.queryForList(
        "select e.appointment_id from calendar_event e join account_calendar c on c.id = e.calendar_id"
            + " where c.user_id = ? and not c.writable and e.revision <> e.written"
            + " and e.appointment_id is not null order by e.id limit "
            + most,
        Long.class,
        owner);
  }

  /** Whether nothing waits to be taken out of the calendars of an account. */
  boolean tidy(long account) {
    return jdbc.queryForList(
            "select e.id from calendar_event e join account_calendar c on c.id = e.calendar_id"
                + " where c.account_id = ? and e.revision <> e.written and e.appointment_id is null limit 1",
            Long.class,
            account)
        .isEmpty();
  }

  /** Has an entry taken out on its own, whatever becomes of its appointment. */
  void detach(Entry entry, Instant now) {
    jdbc.update(
        "update appointment set entry_token = null where id = ? and entry_token = ?",
        entry.appointment(),
        entry.mark());
    jdbc.update("update calendar_event set appointment_id = null where id = ?", entry.id());
    revise(entry.id(), now);
  }

  /** Takes an entry up again that stands in a calendar; returns its id. */
  long again(LeftEntries.Left left, @Nullable Long appointment, Instant now) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.update(
        connection -> {
          PreparedStatement statement =
              connection.prepareStatement(
                  "insert into calendar_event (appointment_id, calendar_id, token, event_key, record_type, record_id,"
                      + " revision, written, open_since) values (?, ?, ?, ?, ?, ?, 1, 0, ?)",
                  Statement.RETURN_GENERATED_KEYS);
          String event = left.event();
          int at = 0;
          statement.setObject(++at, appointment);
          statement.setLong(++at, left.calendarId());
          statement.setString(++at, left.mark());
          statement.setBytes(++at, event == null ? null : event.getBytes(StandardCharsets.UTF_8));
          statement.setString(++at, left.root().type().key());
          statement.setLong(++at, left.root().id());
          statement.setObject(++at, Utc.column(now));
          return statement;
        },
        key);
    return Objects.requireNonNull(key.getKey()).longValue();
  }

  /** The mark is that of the appointment, so that an entry from before its account was disconnected is found again. */
  void insert(Appointment appointment, long calendar) {
    jdbc.update(
        "update appointment set entry_token = ? where id = ? and entry_token is null",
        UUID.randomUUID().toString().replace("-", ""),
        appointment.id());
    String token =
        jdbc.queryForObject(
            "select entry_token from appointment where id = ?", String.class, appointment.id());
    jdbc.update(
        "insert into calendar_event (appointment_id, calendar_id, token, record_type, record_id, revision, written)"
            + " values (?, ?, ?, ?, ?, 0, 0)",
        appointment.id(),
        calendar,
        token,
        appointment.with().type().key(),
        appointment.with().id());
  }

  /** Notes that the entry should be another one than it is. */
  void revise(long id, Instant now) {
    jdbc.update(
        "update calendar_event set revision = revision + 1, open_since = coalesce(open_since, ?) where id = ?",
        Utc.column(now),
        id);
  }

  void lease(long id, Instant until) {
    jdbc.update("update calendar_event set lease_until = ? where id = ?", Utc.column(until), id);
  }

  /** Notes what is there now. */
  void written(Entry entry, @Nullable String event, @Nullable Span standing) {
    jdbc.update(
        "update calendar_event set written = ?, event_key = ?, written_from = ?, written_to = ?, lease_until = null,"
            + " problem = null, open_since = case when revision = ? then null else open_since end where id = ?",
        entry.revision(),
        event == null ? null : event.getBytes(StandardCharsets.UTF_8),
        standing == null ? null : Utc.column(standing.from()),
        standing == null ? null : Utc.column(standing.to()),
        entry.revision(),
        entry.id());
  }

  void failed(long id, String problem) {
    jdbc.update(
        "update calendar_event set lease_until = null, problem = ? where id = ?",
        problem.length() > LONGEST_PROBLEM ? problem.substring(0, LONGEST_PROBLEM) : problem,
        id);
  }

  void delete(long id) {
    jdbc.update("delete from calendar_event where id = ?", id);
  }
}
