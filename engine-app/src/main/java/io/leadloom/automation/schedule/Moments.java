package io.leadloom.automation.schedule;

import io.leadloom.platform.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * How far each trigger of time has come. The row is the lock that lets one node at a time work on it; it moves on in the
 * same transaction as the events it wrote, so that a crash neither loses nor repeats one.
 */
@Component
class Moments {

  private final JdbcTemplate jdbc;

  Moments(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A stretch of time to work off.
   *
   * @param from where it begins, exclusive
   * @param to where it ends, inclusive; null while none has been begun
   * @param lastId the last record that was done in it
   */
  record Window(Instant from, @Nullable Instant to, long lastId) {}

  /** Locks the window of a trigger; empty while another node has it. A trigger seen for the first time begins now. */
  Optional<Window> lock(String name, Instant now) {
    List<Window> found =
        jdbc.query(
            "select position, up_to, last_id from automation_moment where name = ? for update skip locked",
            (row, number) ->
                new Window(
                    Objects.requireNonNull(Utc.moment(row.getObject(1, LocalDateTime.class))),
                    Utc.moment(row.getObject(2, LocalDateTime.class)),
                    row.getLong(3)),
            name);
    if (!found.isEmpty()) {
      return Optional.of(found.get(0));
    }
    jdbc.update(
        "insert into automation_moment (name, position, up_to, last_id) values (?, ?, null, 0)"
            + " on duplicate key update name = name",
        name,
        Utc.column(now));
    return Optional.empty();
  }

  /** Notes that the records up to this id are done. */
  void progress(String name, Instant to, long lastId) {
    jdbc.update(
        "update automation_moment set up_to = ?, last_id = ? where name = ?",
        Utc.column(to),
        lastId,
        name);
  }

  /** Notes that everything up to this time is done. */
  void done(String name, Instant to) {
    jdbc.update(
        "update automation_moment set position = ?, up_to = null, last_id = 0 where name = ?",
        Utc.column(to),
        name);
  }

  /** Begins anew now, for a trigger that was not live for a while. */
  void forget(String name) {
    jdbc.update("delete from automation_moment where name = ?", name);
  }
}
