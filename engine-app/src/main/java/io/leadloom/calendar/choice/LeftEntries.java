package io.leadloom.calendar.choice;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What stands in calendars that are out of reach, so that it follows its appointments, or is taken out, once the same
 * calendar is there again (ENG-058); call it in a transaction.
 */
@Component
public class LeftEntries {

  private static final String LEAVE =
      "insert into calendar_left_entry (user_id, provider, account, calendar_key, appointment_id, token, event_key,"
          + " record_type, record_id, left_at) select c.user_id, a.provider, a.name, c.calendar_key,"
          + " e.appointment_id, e.token, e.event_key, e.record_type, e.record_id, ? from calendar_event e"
          + " join account_calendar c on c.id = e.calendar_id join calendar_account a on a.id = c.account_id"
          + " where e.record_type is not null and c.account_id = ?";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  LeftEntries(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * An entry that is within reach again.
   *
   * @param appointment null where the entry was only to be taken out
   * @param calendarId where it stands
   * @param event what the provider calls it; null when that is not known
   */
  public record Left(
      long id,
      @Nullable Long appointment,
      long calendarId,
      String mark,
      @Nullable String event,
      RecordRef root) {}

  /** All entries in the calendars of an account, which is about to be forgotten. */
  void leave(long accountId) {
    jdbc.update(LEAVE, Utc.column(clock.instant()), accountId);
  }

  /** Those in one calendar, which is about to be forgotten. */
  void leave(long accountId, byte[] calendar) {
    jdbc.update(
        LEAVE + " and c.calendar_key = ?", Utc.column(clock.instant()), accountId, calendar);
  }

  /** Those of a user whose calendars are there again. */
  public List<Left> again(long userId, int most) {
    return jdbc.query(
        "select l.id, l.appointment_id, c.id, l.token, l.event_key, l.record_type, l.record_id"
            + " from calendar_left_entry l join calendar_account a on a.user_id = l.user_id"
            + " and a.provider = l.provider and a.name = l.account"
            + " join account_calendar c on c.account_id = a.id and c.calendar_key = l.calendar_key"
            + " where l.user_id = ? and c.writable order by l.id limit "
            + most,
        (row, n) -> {
          byte[] event = row.getBytes(5);
          return new Left(
              row.getLong(1),
              row.getObject(2, Long.class),
              row.getLong(3),
              Objects.requireNonNull(row.getString(4)),
              event == null ? null : new String(event, StandardCharsets.UTF_8),
              new RecordRef(EntityType.of(row.getString(6)).orElseThrow(), row.getLong(7)));
        },
        userId);
  }

  public void taken(Left left) {
    jdbc.update("delete from calendar_left_entry where id = ?", left.id());
  }

  /** Forgets what was left before, at most so many. */
  public void forget(Instant before, int most) {
    jdbc.queryForList(
            "select id from calendar_left_entry where left_at < ? order by left_at, id limit "
                + most,
            Long.class,
            Utc.column(before))
        .forEach(id -> jdbc.update("delete from calendar_left_entry where id = ?", id));
  }
}
