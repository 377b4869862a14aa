package io.leadloom.record.imports;

import io.leadloom.platform.Folded;
import io.leadloom.record.imports.ImportPlan.Sample;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the narrowest type of field that takes all values of a column. */
final class ColumnSniffer {

  private static final int MOST_OPTIONS = 30;
  private static final int LONGEST_OPTION = 100;
  private static final int LONGEST_LINE = 250;
  private static final int MOST_SAMPLES = 3;
  private static final int LONGEST_SAMPLE = 60;
  private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");
  private static final Pattern DECIMAL =
      Pattern.compile("-?(?:0|[1-9][0-9]{0,16})(?:\\.[0-9]{1,6})?");
  private static final Pattern DATE =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{4}");
  private static final Pattern MOMENT =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}\\S{0,24}");
  private static final Set<String> TRUTH = Set.of("true", "false", "yes", "no");

  private final Set<FieldType> possible =
      EnumSet.of(
          FieldType.BOOLEAN,
          FieldType.WHOLE_NUMBER,
          FieldType.DECIMAL,
          FieldType.DATE,
          FieldType.DATE_TIME,
          FieldType.DROPDOWN,
          FieldType.TEXT);
  private final Map<String, String> options = new LinkedHashMap<>();
  private final Set<String> samples = new LinkedHashSet<>();
  private long values;

  /** Takes a value into account that is not empty. */
  void accept(String value) {
    values++;
    if (samples.size() < MOST_SAMPLES) {
      samples.add(value.length() <= LONGEST_SAMPLE ? value : value.substring(0, LONGEST_SAMPLE));
    }
    if (possible.contains(FieldType.DROPDOWN)) {
      String folded = Folded.of(value);
      if (folded != null) {
        options.putIfAbsent(folded, value.strip());
      }
    }
    possible.removeIf(type -> !takes(type, value));
  }

  private boolean takes(FieldType type, String value) {
    return switch (type) {
      case BOOLEAN -> TRUTH.contains(value.toLowerCase(Locale.ROOT));
      case WHOLE_NUMBER -> WHOLE.matcher(value).matches();
      case DECIMAL -> DECIMAL.matcher(value).matches();
      case DATE -> DATE.matcher(value).matches() && isDate(value);
      case DATE_TIME -> DATE.matcher(value).matches() ? isDate(value) : isMoment(value);
      case DROPDOWN ->
          options.size() <= MOST_OPTIONS && value.length() <= LONGEST_OPTION && isLine(value);
      default -> value.length() <= LONGEST_LINE && isLine(value);
    };
  }

  private static boolean isLine(String value) {
    return value.chars().noneMatch(c -> c < ' ');
  }

  private static boolean isDate(String value) {
    try {
      if (value.indexOf('-') > 0) {
        LocalDate.parse(value);
      } else {
        String[] parts = value.split("\\.");
        LocalDate.of(
            Integer.parseInt(parts[2]), Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isMoment(String value) {
    if (!MOMENT.matcher(value).matches()) {
      return false;
    }
    String iso = value.replace(' ', 'T');
    try {
      boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
      if (zoned) {
        OffsetDateTime.parse(iso);
      } else {
        LocalDateTime.parse(iso);
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The field to make; a column that rows are matched by is always a text. */
  NewField field(String label, boolean matched) {
    FieldType type = matched ? FieldType.TEXT : type();
    List<String> choices = type == FieldType.DROPDOWN ? List.copyOf(options.values()) : List.of();
    NewField plain = NewField.of(label, type);
    return new NewField(
        null, plain.label(), type, null, false, false, null, choices, null, null, plain.limits());
  }

  /** What the values so far show. */
  Sample sample() {
    return new Sample(type(), List.copyOf(samples));
  }

  private FieldType type() {
    if (values == 0) {
      return FieldType.TEXT;
    }
    for (FieldType type :
        List.of(
            FieldType.BOOLEAN,
            FieldType.WHOLE_NUMBER,
            FieldType.DECIMAL,
            FieldType.DATE,
            FieldType.DATE_TIME)) {
      if (possible.contains(type)) {
        return type;
      }
    }
    // Names in a short file are few as well: only what comes back is a choice.
    if (possible.contains(FieldType.DROPDOWN) && values >= 2L * options.size()) {
      return FieldType.DROPDOWN;
    }
    return possible.contains(FieldType.TEXT) ? FieldType.TEXT : FieldType.LONG_TEXT;
  }

  /** Whether there were values and all of them are whole numbers. */
  boolean onlyWholeNumbers() {
    return values > 0 && possible.contains(FieldType.WHOLE_NUMBER);
  }

  /** The text of a cell, or null when it counts as empty. */
  static @Nullable String value(List<String> cells, int place, Set<String> emptyValues) {
    String text = place < cells.size() ? cells.get(place).strip() : "";
    return text.isEmpty()
            || (!emptyValues.isEmpty() && emptyValues.contains(text.toLowerCase(Locale.ROOT)))
        ? null
        : text;
  }

  /** Empty values in the form in which {@link #value} looks for them. */
  static Set<String> emptyValues(List<String> given) {
    return given.stream()
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
