package io.leadloom.identity.recovery;

import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has been invited and has no password yet (SET-033). An invitation is asked for together with the user, in one
 * transaction, and sent afterwards by any node: thousands may wait, and none is lost when a node ends. Like the mails
 * themselves, these rows hold nothing that opens an account.
 */
@Component
public class Invitations {

  /** How long the link of an invitation is good for. */
  public static final Duration LASTS = Duration.ofHours(72);

  /** A node that has not sent by then has ended. */
  private static final Duration HELD = Duration.ofMinutes(5);

  private static final int MOST_TRIES = 5;

  private final JdbcTemplate jdbc;
  private final Clock clock;

  Invitations(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * An invitation that has not been accepted.
   *
   * @param sentAt when the mail server took it; null while it waits, or after the last of five tries failed
   */
  public record Invitation(Instant askedAt, @Nullable Instant sentAt, boolean failed) {}

  /** Asks for invitations, also for those who have been invited before, in the current transaction. */
  public void ask(Collection<Long> userIds) {
    LocalDateTime now = Utc.column(clock.instant());
    jdbc.batchUpdate(
        "insert into user_invitation (user_id, asked_at, tries) values (?, ?, 0)"
            + " on duplicate key update asked_at = values(asked_at), sent_at = null, held_until = null, tries = 0",
        userIds.stream().map(id -> new Object[] {id, now}).toList());
  }

  /** Asks once more for an invitation that was not accepted, as it went elsewhere; in the current transaction. */
  public void askAgain(long userId) {
    jdbc.update(
        "update user_invitation set asked_at = ?, sent_at = null, held_until = null, tries = 0 where user_id = ?",
        Utc.column(clock.instant()),
        userId);
  }

  /**
   * An invitation that is being sent.
   *
   * @param until when another node may take it; tells it from other tries to send it
   */
  public record Taken(long userId, LocalDateTime until) {}

  /** Takes one that waits, to send it; empty when there is none. */
  @Transactional
  public Optional<Taken> take() {
    // As exact as the column.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<Long> due =
        jdbc.queryForList(
            "select user_id from user_invitation where sent_at is null and tries < ?"
                + " and (held_until is null or held_until < ?) order by asked_at, user_id limit 1"
                + " for update skip locked",
            Long.class,
            MOST_TRIES,
            Utc.column(now));
    if (due.isEmpty()) {
      return Optional.empty();
    }
    Taken taken = new Taken(due.get(0), Objects.requireNonNull(Utc.column(now.plus(HELD))));
    jdbc.update(
        "update user_invitation set held_until = ?, tries = tries + 1 where user_id = ?",
        taken.until(),
        taken.userId());
    return Optional.of(taken);
  }

  /** The mail server took it; one that was asked for again meanwhile still waits, also when somebody is sending it. */
  @Transactional
  public void sent(Taken taken) {
    jdbc.update(
        "update user_invitation set sent_at = ?, held_until = null where user_id = ? and held_until = ?",
        Utc.column(clock.instant()),
        taken.userId(),
        taken.until());
  }

  /** The user has a password now, or is to have none: there is nothing to invite to. In the current transaction. */
  public void forget(long userId) {
    jdbc.update("delete from user_invitation where user_id = ?", userId);
  }

  /** Those of these users, of whom there is one at least, that were not accepted; by user. */
  @Transactional(readOnly = true)
  public Map<Long, Invitation> open(Set<Long> ids) {
    Map<Long, Invitation> open = new HashMap<>();
    jdbc.query(
        "select user_id, asked_at, sent_at, tries from user_invitation where user_id in ("
            + Ids.listed(ids)
            + ")",
        row -> {
          Instant sent = Utc.moment(row.getObject(3, LocalDateTime.class));
          open.put(
              row.getLong(1),
              new Invitation(
                  Objects.requireNonNull(Utc.moment(row.getObject(2, LocalDateTime.class))),
                  sent,
                  sent == null && row.getInt(4) >= MOST_TRIES));
        });
    return open;
  }
}
