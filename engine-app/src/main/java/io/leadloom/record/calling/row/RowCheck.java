package io.leadloom.record.calling.row;

import io.leadloom.platform.Violation;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.record.calling.row.Columns.Column;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what people and files give for columns into values, the same for both (LEAD-028, LEAD-045). */
public final class RowCheck {

  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
  private static final Pattern OFFSET = Pattern.compile("[+-][0-9]{2}:[0-9]{2}");

  private final FieldConversion conversion;
  private final FieldRules rules;
  private final String region;
  private final @Nullable String zone;

  /**
   * A check for one process.
   *
   * @param region of phone numbers without a country code
   * @param zone what leads without a time zone get; null where time zones are texts like others
   */
  public RowCheck(
      FieldConversion conversion, FieldRules rules, String region, @Nullable String zone) {
    this.conversion = conversion;
    this.rules = rules;
    this.region = region;
    this.zone = zone;
  }

  /** The zone for new leads that have none; null where they get none. */
  @Nullable String zone() {
    return zone;
  }

  /** Puts the values of cells that are not blank where they belong; complains about those that do not fit. */
  public Values checked(Map<Column, Object> given, List<Violation> violations) {
    Values values = Values.none();
    given.forEach(
        (column, value) -> {
          Converted converted = converted(column, value);
          if (converted instanceof Converted.Value fits && fits.value() != null) {
            values.with(column.field().key(), fits.value());
          } else if (converted instanceof Converted.Wrong wrong) {
            violations.add(Violation.of(column.name(), value, wrong.expectation()));
          }
        });
    return values;
  }

  private Converted converted(Column column, Object given) {
    Field field = column.field();
    Converted read =
        given instanceof String text
            ? conversion.fromText(field, text)
            : conversion.fromNatural(field, given);
    if (!(read instanceof Converted.Value value) || value.value() == null) {
      return read;
    }
    Object kept = value.value();
    if (field.type() == FieldType.PHONE && kept instanceof String text) {
      kept = ContactForms.phone(text, region).orElse(text);
    }
    if (zone != null && column.named(Columns.ZONE) && kept instanceof String text) {
      return zone(text.strip());
    }
    return rules.check(field, kept);
  }

  private static Converted zone(String text) {
    return ZONES.contains(text) || OFFSET.matcher(text).matches() && offset(text)
        ? Converted.of(text)
        : new Converted.Wrong(
            "the IANA name of a time zone such as Asia/Kolkata, or an offset such as +05:30");
  }

  private static boolean offset(String text) {
    try {
      return ZoneOffset.of(text).getId() != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Complains about what a new lead must have and has not (LEAD-046, LEAD-051). */
  static void complete(Columns columns, Values values, List<Violation> violations) {
    for (Column column : columns.all()) {
      if (!column.definition().nullable() && values.get(column.field().key()) == null) {
        violations.add(
            Violation.of(
                column.name(), null, "a value: " + FieldConversion.expectation(column.field())));
      }
    }
  }
}
