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

  /**
   * A moment before all that columns hold. A range of a column that may be null needs it as its lower end: the order of H2
   * begins with nulls, and without a lower end it walks through all of them.
   */
  public static final LocalDateTime FIRST = LocalDateTime.of(1970, 1, 1, 0, 0);

  private Utc() {}

  public static @Nullable LocalDateTime column(@Nullable Instant moment) {
    return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  public static @Nullable Instant moment(@Nullable LocalDateTime column) {
    return column == null ? null : column.toInstant(ZoneOffset.UTC);
  }
}
