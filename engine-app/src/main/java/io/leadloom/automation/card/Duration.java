package io.leadloom.automation.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.filter.Operand;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;

/**
 * A length of time as designers give it. Days and longer follow the calendar of a zone, so that a day later is the same
 * time of day also across a change of summer time.
 *
 * @param amount how many; negative is earlier
 * @param unit of what
 */
public record Duration(long amount, Operand.Unit unit) {

  private static final long MOST = 5_000_000;

  /** Reads {@code {"amount": 4, "unit": "hours"}}. */
  public static Optional<Duration> read(JsonNode node) {
    if (!node.path("amount").canConvertToLong() && !node.path("amount").isTextual()) {
      return Optional.empty();
    }
    try {
      long amount = Long.parseLong(node.path("amount").asText());
      String unit = node.path("unit").asText().toUpperCase(Locale.ROOT);
      Operand.Unit parsed = Operand.Unit.valueOf(unit.endsWith("S") ? unit : unit + "S");
      return Math.abs(amount) > MOST ? Optional.empty() : Optional.of(new Duration(amount, parsed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public Instant after(Instant from, ZoneId zone) {
    return switch (unit) {
      case MINUTES -> from.plusSeconds(amount * 60);
      case HOURS -> from.plusSeconds(amount * 3_600);
      default -> after(from.atZone(zone)).toInstant();
    };
  }

  public ZonedDateTime after(ZonedDateTime from) {
    return switch (unit) {
      case MINUTES -> from.plusMinutes(amount);
      case HOURS -> from.plusHours(amount);
      case DAYS -> from.plusDays(amount);
      case WEEKS -> from.plusWeeks(amount);
      case MONTHS -> from.plusMonths(amount);
      case YEARS -> from.plusYears(amount);
    };
  }

  /** The same length the other way. */
  public Duration negated() {
    return new Duration(-amount, unit);
  }
}
