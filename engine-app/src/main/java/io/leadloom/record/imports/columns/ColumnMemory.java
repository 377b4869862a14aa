package io.leadloom.record.imports.columns;

import io.leadloom.platform.Utc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What each person last decided for files with the same header; kept for two years after its last use. */
@Component
public class ColumnMemory {

  private static final Duration KEEP = Duration.ofDays(730);

  private final JdbcTemplate jdbc;
  private final Clock clock;

  ColumnMemory(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What somebody decided for this header.
   *
   * @param entity what the rows become
   * @param header the texts of the header row in their order
   */
  public Optional<String> find(long userId, String entity, List<String> header) {
    return jdbc
        .queryForList(
            "select choice from import_memory where user_id = ? and entity = ? and header = ?",
            String.class,
            userId,
            entity,
            digest(header))
        .stream()
        .findFirst();
  }

  /** Keeps a decision in place of the one before; part of the current transaction. */
  public void keep(long userId, String entity, List<String> header, String choice) {
    String digest = digest(header);
    jdbc.update(
        "insert into import_memory (user_id, entity, header, choice, used_at) values (?, ?, ?, ?, ?)"
            + " on duplicate key update choice = ?, used_at = ?",
        userId,
        entity,
        digest,
        choice,
        Utc.column(clock.instant()),
        choice,
        Utc.column(clock.instant()));
  }

  /** Forgets what nobody has used for long; part of the current transaction. */
  public void forgetOld() {
    jdbc.update(
        "delete from import_memory where used_at < ?", Utc.column(clock.instant().minus(KEEP)));
  }

  private static String digest(List<String> header) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String text : header) {
        digest.update(text.strip().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
