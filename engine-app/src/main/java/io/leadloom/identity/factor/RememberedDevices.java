package io.leadloom.identity.factor;

import io.leadloom.platform.Utc;
import io.leadloom.platform.vault.Digests;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Devices on which a user is not asked for the second factor for 30 days. */
@Component
public class RememberedDevices {

  /** How long a device is remembered. */
  public static final Duration LASTS = Duration.ofDays(30);

  private static final int BYTES = 32;
  private static final int HANDLE = 24;
  private static final int LONGEST_DEVICE = 300;
  private static final int LONGEST_ADDRESS = 100;

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RememberedDevices(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A device.
   *
   * @param handle names it for its user; it opens nothing
   * @param device what its browser says of itself
   */
  public record Device(
      String handle, String device, String address, Instant since, Instant until) {}

  /** Remembers a device and returns what it has to keep. */
  @Transactional
  public String remember(long userId, String device, String address) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    jdbc.update(
        "insert into remembered_device (token_hash, user_id, device, address, created_at, expires_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        Digests.hex(token),
        userId,
        device.substring(0, Math.min(device.length(), LONGEST_DEVICE)),
        address.substring(0, Math.min(address.length(), LONGEST_ADDRESS)),
        Utc.column(now),
        Utc.column(now.plus(LASTS)));
    return token;
  }

  /** Whether what the browser kept belongs to a device that is remembered for this user. */
  @Transactional(readOnly = true)
  public boolean knows(long userId, @Nullable String token) {
    if (token == null) {
      return false;
    }
    Integer count =
        jdbc.queryForObject(
            "select count(*) from remembered_device where token_hash = ? and user_id = ? and expires_at > ?",
            Integer.class,
            Digests.hex(token),
            userId,
            Utc.column(clock.instant()));
    return count != null && count > 0;
  }

  @Transactional(readOnly = true)
  public List<Device> of(long userId) {
    return jdbc.query(
        "select token_hash, device, address, created_at, expires_at from remembered_device where user_id = ?"
            + " and expires_at > ? order by created_at desc limit 100",
        (row, number) ->
            new Device(
                row.getString(1).substring(0, HANDLE),
                row.getString(2),
                row.getString(3),
                Objects.requireNonNull(Utc.moment(row.getObject(4, LocalDateTime.class))),
                Objects.requireNonNull(Utc.moment(row.getObject(5, LocalDateTime.class)))),
        userId,
        Utc.column(clock.instant()));
  }

  /** Forgets one device. Returns whether there was such a one. */
  @Transactional
  public boolean forget(long userId, String handle) {
    return handle.matches("[0-9a-f]{" + HANDLE + "}")
        && jdbc.update(
                "delete from remembered_device where user_id = ? and token_hash like ?",
                userId,
                handle + "%")
            > 0;
  }

  /** Forgets all devices of the user, in the transaction that makes it necessary if there is one. */
  @Transactional
  public void forgetAll(long userId) {
    jdbc.update("delete from remembered_device where user_id = ?", userId);
  }

  /** Deletes those whose time is over. */
  @Transactional
  public int forgetOld() {
    return jdbc.update(
        "delete from remembered_device where expires_at < ?", Utc.column(clock.instant()));
  }
}
