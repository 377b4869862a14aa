package io.leadloom.calendar.choice;

import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.calendar.outside.OutsideCalendars.Found;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of calendars; call it in a transaction. */
@Component
class CalendarRows {

  private static final int LONGEST_NAME = 300;
  private static final int LONGEST_KEY = 700;
  private static final String SELECT =
      "select c.id, c.account_id, a.provider, a.name as account, c.calendar_key, c.name, c.writable, c.checked,"
          + " c.primary_of from account_calendar c join calendar_account a on a.id = c.account_id ";

  private final JdbcTemplate jdbc;
  private final LeftEntries left;

  CalendarRows(JdbcTemplate jdbc, LeftEntries left) {
    this.jdbc = jdbc;
    this.left = left;
  }

  /** Locks what is one for each user, and tells the version of the choice. */
  int lock(long userId) {
    jdbc.update(
        "insert into calendar_user (user_id, version) values (?, 0)"
            + " on duplicate key update user_id = calendar_user.user_id",
        userId);
    return jdbc.queryForList(
            "select version from calendar_user where user_id = ? for update", Integer.class, userId)
        .get(0);
  }

  int version(long userId) {
    return jdbc
        .queryForList("select version from calendar_user where user_id = ?", Integer.class, userId)
        .stream()
        .findFirst()
        .orElse(0);
  }

  void changed(long userId) {
    jdbc.update("update calendar_user set version = version + 1 where user_id = ?", userId);
  }

  List<OwnCalendar> of(long userId) {
    return jdbc.query(
        SELECT + "where c.user_id = ? order by a.provider, c.standard desc, c.name, c.id",
        (row, n) -> calendar(row),
        userId);
  }

  Optional<OwnCalendar> primary(long userId) {
    return jdbc.query(SELECT + "where c.primary_of = ?", (row, n) -> calendar(row), userId).stream()
        .findFirst();
  }

  private static OwnCalendar calendar(ResultSet row) throws SQLException {
    String provider = row.getString("provider");
    return new OwnCalendar(
        row.getLong("id"),
        row.getLong("account_id"),
        CalendarProvider.of(provider)
            .orElseThrow(() -> new IllegalStateException("No provider " + provider)),
        row.getString("account"),
        new String(row.getBytes("calendar_key"), StandardCharsets.UTF_8),
        row.getString("name"),
        row.getBoolean("writable"),
        row.getBoolean("checked"),
        row.getObject("primary_of") != null);
  }

  /** Makes the rows of an account those that were found; what was chosen stays chosen. */
  boolean replace(long userId, long accountId, List<Found> found) {
    Map<String, Found> known = new HashMap<>();
    jdbc.query(
        "select calendar_key, name, writable, standard from account_calendar where account_id = ?",
        row -> {
          String key = new String(row.getBytes(1), StandardCharsets.UTF_8);
          known.put(key, new Found(key, row.getString(2), row.getBoolean(3), row.getBoolean(4)));
        },
        accountId);
    boolean changed = false;
    Set<String> there = new HashSet<>();
    for (Found given : found) {
      byte[] key = given.key().getBytes(StandardCharsets.UTF_8);
      if (key.length == 0 || key.length > LONGEST_KEY || !there.add(given.key())) {
        continue;
      }
      Found one = new Found(given.key(), name(given), given.writable(), given.standard());
      Found before = known.get(one.key());
      if (before == null) {
        jdbc.update(
            "insert into account_calendar (account_id, user_id, calendar_key, name, writable, standard, checked,"
                + " primary_of) values (?, ?, ?, ?, ?, ?, ?, null)",
            accountId,
            userId,
            key,
            one.name(),
            one.writable(),
            one.standard(),
            one.standard());
        changed = true;
      } else if (!before.equals(one)) {
        jdbc.update(
            "update account_calendar set name = ?, writable = ?, standard = ? where account_id = ? and calendar_key = ?",
            one.name(),
            one.writable(),
            one.standard(),
            accountId,
            key);
        changed = true;
      }
    }
    for (String key : known.keySet()) {
      if (!there.contains(key)) {
        byte[] gone = key.getBytes(StandardCharsets.UTF_8);
        left.leave(accountId, gone);
        jdbc.update(
            "delete from account_calendar where account_id = ? and calendar_key = ?",
            accountId,
            gone);
        changed = true;
      }
    }
    return changed;
  }

  private static String name(Found found) {
    String name = found.name().isBlank() ? found.key() : found.name();
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  /** The calendar that stands in when none is primary: one that an account began with, if it can be written to. */
  Optional<Long> standIn(long userId) {
    return jdbc
        .queryForList(
            "select id from account_calendar where user_id = ? and writable order by standard desc, id limit 1",
            Long.class,
            userId)
        .stream()
        .findFirst();
  }

  void makePrimary(long userId, long id) {
    jdbc.update("update account_calendar set primary_of = null where primary_of = ?", userId);
    jdbc.update(
        "update account_calendar set primary_of = ? where id = ? and user_id = ?",
        userId,
        id,
        userId);
  }

  void makeNonePrimary(long userId) {
    jdbc.update("update account_calendar set primary_of = null where primary_of = ?", userId);
  }

  void check(long userId, long id, boolean checked) {
    jdbc.update(
        "update account_calendar set checked = ? where id = ? and user_id = ?",
        checked,
        id,
        userId);
  }
}
