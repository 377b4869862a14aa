package io.leadloom.platform;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Moments as they stand in {@code datetime(6)} columns: UTC, whatever zone the JVM or the database connection is in. Bind
 * and read columns as {@link LocalDateTime}; {@code java.sql.Timestamp} would bring the JVM's zone in.
 */
public final class Utc {

  private Utc() {}

  public static @Nullable LocalDateTime column(@Nullable Instant moment) {
    return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  public static @Nullable Instant moment(@Nullable LocalDateTime column) {
    return column == null ? null : column.toInstant(ZoneOffset.UTC);
  }
}
