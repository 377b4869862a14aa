package io.leadloom.record.share;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long something is shared (AUT-073, AUT-D04): a whole number of at least 1, ten years at most. Days follow the calendar
 * of a zone, so that a day later is the same time of day also across a change of summer time.
 */
public record ShareTime(int amount, Unit unit) {

  /** What a duration has to be, for those who refuse one. */
  public static final String EXPECTED =
      "a whole number of at least 1 of minutes, hours or days, ten years at most";

  /** The units that can be chosen. */
  public enum Unit {
    MINUTES(ChronoUnit.MINUTES, 5_256_000),
    HOURS(ChronoUnit.HOURS, 87_600),
    DAYS(ChronoUnit.DAYS, 3_650);

    private final ChronoUnit chrono;
    private final int most;

    Unit(ChronoUnit chrono, int most) {
      this.chrono = chrono;
      this.most = most;
    }

    /** The lower-case name in JSON, for example {@code hours}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty when it is none of {@link #EXPECTED}. */
  public static Optional<ShareTime> of(long amount, String unit) {
    return Arrays.stream(Unit.values())
        .filter(each -> each.key().equals(unit) && amount >= 1 && amount <= each.most)
        .findFirst()
        .map(each -> new ShareTime((int) amount, each));
  }

  public Instant after(Instant from, ZoneId zone) {
    return from.atZone(zone).plus(amount, unit.chrono).toInstant();
  }
}
