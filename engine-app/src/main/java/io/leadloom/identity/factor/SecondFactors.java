package io.leadloom.identity.factor;

import io.leadloom.identity.StaffState;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditActor;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Digests;
import io.leadloom.platform.vault.Vault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The second factor of users: an authenticator app, and ten recovery codes for when it is lost. A code is taken once;
 * what is kept opens nothing, because the secret is sealed and recovery codes are hashed.
 */
@Component
public class SecondFactors {

  private static final int SECRET_BYTES = 20;
  private static final int CODES = 10;
  private static final int CODE_BYTES = 10;

  private final JdbcTemplate jdbc;
  private final Vault vault;
  private final StaffState state;
  private final AuditTrail trail;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final TimeCodes times = new TimeCodes();

  SecondFactors(JdbcTemplate jdbc, Vault vault, StaffState state, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.vault = vault;
    this.state = state;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What an authenticator app needs.
   *
   * @param secret for typing, in Base 32
   * @param uri the same as address of the kind that apps read
   * @param svg the address as QR code
   */
  public record Enrolment(String secret, String uri, String svg) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Enrolment[]";
    }
  }

  private record Row(byte[] sealed, @Nullable Instant confirmedAt, long lastStep) {}

  private Optional<Row> row(long userId) {
    return jdbc
        .query(
            "select secret, confirmed_at, last_step from second_factor where user_id = ?",
            (found, number) ->
                new Row(
                    found.getBytes(1),
                    Utc.moment(found.getObject(2, LocalDateTime.class)),
                    found.getLong(3)),
            userId)
        .stream()
        .findFirst();
  }

  /** Since when the user has a second factor; empty for none. */
  @Transactional(readOnly = true)
  public Optional<Instant> since(long userId) {
    return row(userId).map(Row::confirmedAt);
  }

  /** How many recovery codes are left. */
  @Transactional(readOnly = true)
  public int codesLeft(long userId) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from recovery_code where user_id = ?", Integer.class, userId);
    return count == null ? 0 : count;
  }

  /** Makes a secret; it counts only after {@link #confirm}, and replaces one that was never confirmed. */
  @Transactional
  public Enrolment begin(long userId, String login) {
    if (since(userId).isPresent()) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "There is a second factor already",
          List.of(Violation.of("secondFactor", null, "switch it off before you set up another")));
    }
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base32.encode(bytes);
    jdbc.update("delete from second_factor where user_id = ?", userId);
    jdbc.update(
        "insert into second_factor (user_id, secret, last_step) values (?, ?, 0)",
        userId,
        vault.seal(secret, purpose(userId)));
    String uri =
        "otpauth://totp/Leadloom:"
            + URLEncoder.encode(login, StandardCharsets.UTF_8).replace("+", "%20")
            + "?secret="
            + secret
            + "&issuer=Leadloom";
    return new Enrolment(secret, uri, QrCode.svg(uri));
  }

  /**
   * Switches the second factor on with the first code of the app, and returns the recovery codes: this once.
   *
   * @throws RefusedException when the code is wrong
   */
  @Transactional
  public List<String> confirm(long userId, String login, String code) {
    Row row = row(userId).filter(found -> found.confirmedAt() == null).orElse(null);
    OptionalLong step = row == null ? OptionalLong.empty() : step(userId, row, code);
    if (step.isEmpty()) {
      throw RefusedException.invalid(
          "The code is wrong", Violation.of("code", null, "the six digits that the app shows now"));
    }
    state.changing();
    jdbc.update(
        "update second_factor set confirmed_at = ?, last_step = ? where user_id = ?",
        Utc.column(clock.instant()),
        step.getAsLong(),
        userId);
    // In the middle of a sign-in nobody stands behind the request yet.
    trail.record(event("on", userId, login).by(AuditActor.user(userId, login)));
    return freshCodes(userId);
  }

  /** Takes a code of the app, or a recovery code, once. Returns whether it is right. */
  @Transactional
  public boolean take(long userId, String typed) {
    Row row = row(userId).filter(found -> found.confirmedAt() != null).orElse(null);
    if (row == null) {
      return false;
    }
    OptionalLong step = step(userId, row, typed);
    if (step.isPresent()) {
      // Of two who come with one code, or with one that was seen on its way, one moves the step.
      return jdbc.update(
              "update second_factor set last_step = ? where user_id = ? and last_step < ?",
              step.getAsLong(),
              userId,
              step.getAsLong())
          == 1;
    }
    return jdbc.update(
            "delete from recovery_code where user_id = ? and code_hash = ?",
            userId,
            codeHash(userId, typed))
        == 1;
  }

  private OptionalLong step(long userId, Row row, String typed) {
    String digits = typed.replaceAll("\\s", "");
    byte[] secret = Base32.decode(vault.open(row.sealed(), purpose(userId)));
    OptionalLong step = times.step(secret, digits, clock.instant());
    return step.isPresent() && step.getAsLong() > row.lastStep() ? step : OptionalLong.empty();
  }

  /** Replaces all recovery codes, in the current transaction, and returns the new ones: this once. */
  @Transactional
  public List<String> newCodes(long userId, String login) {
    trail.record(AuditEvent.of("user.recovery-codes-renewed", "user", userId, login));
    return freshCodes(userId);
  }

  private List<String> freshCodes(long userId) {
    jdbc.update("delete from recovery_code where user_id = ?", userId);
    List<String> codes = new ArrayList<>();
    byte[] bytes = new byte[CODE_BYTES];
    for (int i = 0; i < CODES; i++) {
      random.nextBytes(bytes);
      String code = Base32.encode(bytes).toLowerCase(Locale.ROOT);
      codes.add(code.replaceAll("(.{4})(?=.)", "$1-"));
      jdbc.update(
          "insert into recovery_code (user_id, code_hash) values (?, ?)",
          userId,
          codeHash(userId, code));
    }
    return codes;
  }

  /**
   * Switches the second factor off. Returns whether there was one that counted; one that was never confirmed is forgotten
   * without a word.
   */
  @Transactional
  public boolean remove(long userId, String login) {
    // Programs that send passwords have to pass the check again.
    state.changing();
    boolean counted =
        jdbc.update(
                "delete from second_factor where user_id = ? and confirmed_at is not null", userId)
            > 0;
    jdbc.update("delete from second_factor where user_id = ?", userId);
    jdbc.update("delete from recovery_code where user_id = ?", userId);
    jdbc.update("delete from remembered_device where user_id = ?", userId);
    if (counted) {
      trail.record(event("off", userId, login));
    }
    return counted;
  }

  private static AuditEvent event(String what, long userId, String login) {
    return AuditEvent.of("user.second-factor-" + what, "user", userId, login);
  }

  private static String codeHash(long userId, String typed) {
    return Digests.hex(userId + ":" + typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
  }

  private static String purpose(long userId) {
    return "second-factor:" + userId;
  }
}
