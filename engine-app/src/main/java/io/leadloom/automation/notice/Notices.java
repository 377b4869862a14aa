package io.leadloom.automation.notice;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What Leadloom tells users inside the app (AUT-058). Everybody sees and ticks off only their own. */
@Component
public class Notices {

  private static final int LONGEST_SUBJECT = 500;
  private static final int LONGEST_TEXT = 4000;

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;

  Notices(JdbcTemplate jdbc, Ids ids, Clock clock) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * A notice to be written.
   *
   * @param ref the record that it is about, if any
   * @param runId the run whose card tells, if any
   * @param automationId the automation that it is about, if any
   * @param place the page of the application that it leads to, if it is about none of those
   */
  public record New(
      long userId,
      String subject,
      String text,
      @Nullable RecordRef ref,
      @Nullable Long runId,
      @Nullable Long automationId,
      @Nullable String place) {

    /** What a card of a run says about the run's record. */
    public static New about(long userId, String subject, String text, RecordRef ref, long runId) {
      return new New(userId, subject, text, ref, runId, null, null);
    }

    /** What there is to say about an automation as a whole. */
    public static New ofAutomation(long userId, String subject, String text, long automationId) {
      return new New(userId, subject, text, null, null, automationId, null);
    }

    /** What there is to say about something that has a page. */
    public static New ofPlace(long userId, String subject, String text, String place) {
      return new New(userId, subject, text, null, null, null, place);
    }
  }

  /** A notice as its reader sees it. */
  public record Notice(
      long id,
      Instant at,
      String subject,
      String text,
      @Nullable RecordRef ref,
      @Nullable Long runId,
      @Nullable Long automationId,
      @Nullable String place,
      boolean read) {}

  /** Writes notices with one statement; part of the caller's transaction. */
  public void write(List<New> notices, Instant at) {
    if (notices.isEmpty()) {
      return;
    }
    long first = ids.reserve("notice", notices.size());
    int[] next = {0};
    LocalDateTime moment = Utc.column(at);
    jdbc.batchUpdate(
        "insert into notice (id, user_id, at, subject, text, ref_type, ref_id, run_id, automation_id, place, unread)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        notices,
        notices.size(),
        (ps, notice) -> {
          RecordRef ref = notice.ref();
          ps.setLong(1, first + next[0]++);
          ps.setLong(2, notice.userId());
          ps.setObject(3, moment);
          ps.setString(4, cut(notice.subject(), LONGEST_SUBJECT));
          ps.setString(5, cut(notice.text(), LONGEST_TEXT));
          ps.setObject(6, ref == null ? null : ref.type().code(), Types.SMALLINT);
          ps.setObject(7, ref == null ? null : ref.id(), Types.BIGINT);
          ps.setObject(8, notice.runId(), Types.BIGINT);
          ps.setObject(9, notice.automationId(), Types.BIGINT);
          ps.setString(10, notice.place());
          ps.setBoolean(11, true);
        });
  }

  /** The user's notices: unread ones first, each part newest first. */
  @Transactional(readOnly = true)
  public Page<Notice> page(long userId, @Nullable String position, int limit) {
    Place place = Place.read(position);
    List<Notice> found = new ArrayList<>();
    if (place.unread()) {
      found.addAll(select(userId, place, limit + 1));
    }
    if (found.size() <= limit) {
      Place rest = place.unread() ? Place.READ : place;
      found.addAll(select(userId, rest, limit + 1 - found.size()));
    }
    if (found.size() <= limit) {
      return new Page<>(found, null, null);
    }
    List<Notice> items = found.subList(0, limit);
    return new Page<>(items, Place.after(items.get(limit - 1)).text(), null);
  }

  private List<Notice> select(long userId, Place place, int limit) {
    return jdbc.query(
        "select id, at, subject, text, ref_type, ref_id, run_id, automation_id, place, unread from notice"
            + " where user_id = ? and unread = ? and at <= ? and (at < ? or id < ?)"
            + " order by user_id desc, unread desc, at desc, id desc limit "
            + limit,
        Notices::notice,
        userId,
        place.unread(),
        Utc.column(place.at()),
        Utc.column(place.at()),
        place.id());
  }

  private static Notice notice(ResultSet row, int number) throws SQLException {
    int type = row.getInt(5);
    return new Notice(
        row.getLong(1),
        Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))),
        row.getString(3),
        row.getString(4),
        type == 0 ? null : new RecordRef(EntityType.ofCode(type), row.getLong(6)),
        row.getObject(7, Long.class),
        row.getObject(8, Long.class),
        row.getString(9),
        !row.getBoolean(10));
  }

  /** How many notices the user has not read. */
  @Transactional(readOnly = true)
  public long unread(long userId) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from notice where user_id = ? and unread = true", Long.class, userId);
    return count == null ? 0 : count;
  }

  /** Ticks off these of the user's notices; those of others, and those read before, stay as they are. */
  @Transactional
  public void read(long userId, Collection<Long> notices) {
    if (!notices.isEmpty()) {
      String list = notices.stream().map(String::valueOf).collect(Collectors.joining(","));
      tickOff(userId, " and id in (" + list + ")");
    }
  }

  /** Ticks off all of the user's notices. */
  @Transactional
  public void readAll(long userId) {
    tickOff(userId, "");
  }

  private void tickOff(long userId, String which) {
    jdbc.update(
        "update notice set unread = false, read_at = ? where user_id = ? and unread = true" + which,
        Utc.column(clock.instant()),
        userId);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  /** Where a page ends. */
  private record Place(boolean unread, Instant at, long id) {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    static final Place FIRST = new Place(true, LATEST, Long.MAX_VALUE);
    static final Place READ = new Place(false, LATEST, Long.MAX_VALUE);

    static Place after(Notice last) {
      return new Place(!last.read(), last.at(), last.id());
    }

    String text() {
      return (unread ? "u " : "r ") + at + " " + id;
    }

    static Place read(@Nullable String text) {
      if (text == null) {
        return FIRST;
      }
      String[] parts = text.split(" ");
      try {
        return new Place(parts[0].equals("u"), Instant.parse(parts[1]), Long.parseLong(parts[2]));
      } catch (RuntimeException e) {
        throw RefusedException.invalid(
            "The cursor belongs to another list",
            Violation.of("cursor", text, "the 'next' of the page before, unchanged"));
      }
    }
  }
}
