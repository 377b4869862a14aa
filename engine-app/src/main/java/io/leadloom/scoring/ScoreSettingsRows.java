package io.leadloom.scoring;

import io.leadloom.platform.Utc;
import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The settings of the score in the database. */
@Component
class ScoreSettingsRows {

  private static final String SELECT =
      "select version, settings, changed_at, changed_by from score_settings where id = 1";

  private final JdbcTemplate jdbc;

  ScoreSettingsRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The settings with who changed them last. */
  record Kept(
      int version, ScoreSettings settings, @Nullable Instant changedAt, @Nullable Long changedBy) {}

  Kept find() {
    return read(SELECT);
  }

  Kept lock() {
    return read(SELECT + " for update");
  }

  private Kept read(String sql) {
    Kept kept =
        jdbc.queryForObject(
            sql,
            (row, n) ->
                new Kept(
                    row.getInt(1),
                    ScoreSettings.read(row.getString(2)),
                    Utc.moment(row.getObject(3, LocalDateTime.class)),
                    row.getObject(4, Long.class)));
    if (kept == null) {
      throw new IllegalStateException("The settings of the score are gone");
    }
    return kept;
  }

  /** Writes them; whoever keeps definitions in memory reads them anew. */
  void write(ScoreSettings settings, Instant now, @Nullable Long by) {
    jdbc.update(
        "update score_settings set version = version + 1, settings = ?, changed_at = ?, changed_by = ? where id = 1",
        settings.json(),
        Utc.column(now),
        by);
    jdbc.update("update schema_state set version = version + 1 where id = 1");
  }
}
