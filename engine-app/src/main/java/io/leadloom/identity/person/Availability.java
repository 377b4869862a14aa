package io.leadloom.identity.person;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a week in which somebody can be met, in the user's time zone (SET-041, SET-042).
 *
 * @param days the intervals of each weekday in their order; a day without any is missing
 */
public record Availability(Map<DayOfWeek, List<Interval>> days) {

  /** Nobody has said anything yet. */
  public static final Availability NONE = new Availability(Map.of());

  private static final int MOST_A_DAY = 10;
  private static final Pattern TIME = Pattern.compile("[0-2][0-9]:[0-5][0-9]");

  /** A stretch of a day; the end is not part of it. */
  public record Interval(LocalTime from, LocalTime to) {}

  /** The same as it comes in and goes out, for example {@code 09:00} to {@code 12:30}. */
  public record Text(@Nullable String from, @Nullable String to) {}

  public Availability {
    Map<DayOfWeek, List<Interval>> kept = new EnumMap<>(DayOfWeek.class);
    days.forEach(
        (day, intervals) -> {
          if (!intervals.isEmpty()) {
            kept.put(day, List.copyOf(intervals));
          }
        });
    days = kept;
  }

  /**
   * Reads what somebody typed.
   *
   * @param given the intervals by the lower-case English name of the weekday
   * @throws RefusedException when one ends before it begins or two of a day overlap
   */
  public static Availability read(Map<String, List<Text>> given) {
    List<Violation> violations = new ArrayList<>();
    Map<DayOfWeek, List<Interval>> days = new EnumMap<>(DayOfWeek.class);
    given.forEach(
        (name, texts) ->
            day(name)
                .ifPresentOrElse(
                    day -> days.put(day, intervals(name, texts, violations)),
                    () ->
                        violations.add(
                            Violation.of("availability." + name, name, "monday to sunday"))));
    if (!violations.isEmpty()) {
      throw RefusedException.invalid("The hours do not do", violations.toArray(Violation[]::new));
    }
    return new Availability(days);
  }

  /** As it goes out, and as {@link #read} takes it. */
  public Map<String, List<Text>> texts() {
    Map<String, List<Text>> texts = new LinkedHashMap<>();
    days.forEach(
        (day, intervals) ->
            texts.put(
                day.name().toLowerCase(Locale.ROOT),
                intervals.stream()
                    .map(one -> new Text(one.from().toString(), one.to().toString()))
                    .toList()));
    return texts;
  }

  private static Optional<DayOfWeek> day(String name) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  private static List<Interval> intervals(
      String day, List<Text> texts, List<Violation> violations) {
    List<Interval> intervals = new ArrayList<>();
    if (texts.size() > MOST_A_DAY) {
      violations.add(
          Violation.of("availability." + day, texts.size(), "at most " + MOST_A_DAY + " a day"));
      return intervals;
    }
    for (int i = 0; i < texts.size(); i++) {
      String field = "availability." + day + "[" + i + "]";
      LocalTime from = time(texts.get(i).from());
      LocalTime to = time(texts.get(i).to());
      if (from == null || to == null) {
        violations.add(Violation.of(field, null, "two times such as 09:00 and 12:30"));
      } else if (!to.isAfter(from)) {
        violations.add(Violation.of(field, from + "-" + to, "an end after the start"));
      } else {
        intervals.add(new Interval(from, to));
      }
    }
    intervals.sort(Comparator.comparing(Interval::from));
    for (int i = 1; i < intervals.size(); i++) {
      if (intervals.get(i).from().isBefore(intervals.get(i - 1).to())) {
        violations.add(
            Violation.of(
                "availability." + day,
                intervals.get(i - 1) + " and " + intervals.get(i),
                "hours that do not overlap"));
      }
    }
    return intervals;
  }

  private static @Nullable LocalTime time(@Nullable String text) {
    try {
      return text == null || !TIME.matcher(text).matches() ? null : LocalTime.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
