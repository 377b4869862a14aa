package io.leadloom.identity.recovery;

import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Digests;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tokens of links that set a password: 256 bits, kept as hashes, good for one use and a short time. */
@Component
public class PasswordLinks {

  private static final int BYTES = 32;
  private static final Duration COUNTED = Duration.ofDays(1);

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  PasswordLinks(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Makes a token for the user. */
  @Transactional
  public String make(long userId, Duration lasts) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    jdbc.update(
        "insert into password_link (token_hash, user_id, created_at, expires_at) values (?, ?, ?, ?)",
        Digests.hex(token),
        userId,
        Utc.column(now),
        Utc.column(now.plus(lasts)));
    return token;
  }

  /** How many links were made for the user since then. */
  @Transactional(readOnly = true)
  public int madeSince(long userId, Instant since) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from password_link where user_id = ? and created_at >= ?",
            Integer.class,
            userId,
            Utc.column(since));
    return count == null ? 0 : count;
  }

  /** Whose password a token sets; empty for one that is unknown, used or too old. Uses nothing up and locks nothing. */
  @Transactional(readOnly = true)
  public OptionalLong owner(String token) {
    return owner(token, clock.instant());
  }

  private OptionalLong owner(String token, Instant now) {
    List<Long> user =
        jdbc.queryForList(
            "select user_id from password_link where token_hash = ? and expires_at > ?",
            Long.class,
            Digests.hex(token),
            Utc.column(now));
    return user.isEmpty() ? OptionalLong.empty() : OptionalLong.of(user.get(0));
  }

  /**
   * Uses a token up, in the current transaction: when that fails the token is good again. Returns whose password it sets;
   * empty for a token that is unknown, used or too old.
   */
  public OptionalLong use(String token) {
    OptionalLong owner = owner(token, clock.instant());
    // Of two who come at the same time with one token, one deletes it.
    return owner.isPresent()
            && jdbc.update("delete from password_link where token_hash = ?", Digests.hex(token))
                == 1
        ? owner
        : OptionalLong.empty();
  }

  /** Makes all links of the user worthless, in the current transaction. */
  public void forget(long userId) {
    jdbc.update("delete from password_link where user_id = ?", userId);
  }

  /** Deletes what is too old to be used, once it no longer counts in {@link #madeSince} either: after a day. */
  @Transactional
  public int forgetOld() {
    Instant now = clock.instant();
    return jdbc.update(
        "delete from password_link where expires_at < ? and created_at < ?",
        Utc.column(now),
        Utc.column(now.minus(COUNTED)));
  }
}
