package io.leadloom.record.match;

import io.leadloom.schema.FieldType;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** Random filters of the grammar over leads, with every operator that searches know. */
final class RandomFilters {

  static final List<String> TEXTS =
      List.of(
          "Pune", "PUNE", "pune east", "P_ne", "100%", "Köln", "KÖLN", "Café", "CAFE", "a!b", "é");
  static final List<String> OPTIONS = List.of("Red", "Green", "Dark Blue");
  private static final List<String> UNITS =
      List.of("minutes", "hours", "days", "weeks", "months", "years");

  private final Random random;
  private final Function<FieldType, String> keys;
  private final long list;

  /**
   * @param keys the keys of custom fields by type
   * @param list a static list
   */
  RandomFilters(Random random, Function<FieldType, String> keys, long list) {
    this.random = random;
    this.keys = keys;
    this.list = list;
  }

  private String key(FieldType type) {
    return keys.apply(type);
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** A filter of the grammar, with every operator that searches know. */
  String filter(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 6);
    if (kind == 6) {
      return "not (" + filter(depth - 1) + ")";
    }
    if (kind > 6) {
      String word = kind == 7 ? " or " : " and ";
      return "(" + filter(depth - 1) + word + filter(depth - 1) + ")";
    }
    return switch (kind) {
      case 0, 1 -> text(any(List.of("city", "name", key(FieldType.TEXT))));
      case 2 -> number();
      case 3 -> time();
      case 4 -> marks();
      default -> choice();
    };
  }

  private String text(String field) {
    String value = '"' + any(TEXTS).toUpperCase(Locale.ROOT) + '"';
    String part = '"' + any(List.of("un", "%", "_", "ö", "é", "e", "!", "K")) + '"';
    return field
        + any(
            List.of(
                " = " + value,
                " != " + value,
                " in (" + value + ", \"goa\")",
                " not in (" + value + ", \"goa\")",
                " contains " + part,
                " not contains " + part,
                " starts with " + part,
                " ends with " + part,
                " is empty",
                " is not empty"));
  }

  private String number() {
    String field = any(List.of("score", key(FieldType.DECIMAL), key(FieldType.MONEY)));
    int number = random.nextInt(5);
    return field
        + any(
            List.of(
                " = " + number,
                " != " + number,
                " > " + number,
                " >= " + number,
                " < " + number,
                " <= " + number,
                " in (" + number + ", 5)",
                " not in (" + number + ", 5)",
                " between " + number + " and 4",
                " is empty"));
  }

  private String time() {
    boolean day = random.nextInt(3) == 0;
    String field =
        day
            ? key(FieldType.DATE)
            : any(List.of("lastActivityAt", "createdAt", key(FieldType.DATE_TIME)));
    String amount = (1 + random.nextInt(20)) + " " + any(UNITS);
    String days = (1 + random.nextInt(9)) + " " + any(List.of("days", "weeks"));
    String relative = any(List.of("now", "now - " + amount, "now + " + amount, "today - " + days));
    String whole = any(List.of("today", "today - " + days, "today + " + days, "2026-03-29"));
    return field
        + any(
            List.of(
                " within last " + amount,
                " within next " + amount,
                " < " + relative,
                " <= " + relative,
                " > " + relative,
                " >= " + relative,
                " before " + whole,
                " after " + whole,
                " on " + whole,
                " != " + whole,
                " between today - " + days + " and today + " + days,
                " on weekday (sunday, monday)",
                " is empty",
                " is not empty"));
  }

  private String marks() {
    String amount = (1 + random.nextInt(20)) + " " + any(UNITS);
    return any(
        List.of(
            "has tag \"MATCH a\"",
            "has no tag \"match B\"",
            "in list " + list,
            "not in list " + list,
            "has activity \"payment\"",
            "has no activity \"email-sent\"",
            "has activity \"payment\" within last " + amount,
            "has no activity \"payment\" within last " + amount));
  }

  private String choice() {
    String options = key(FieldType.MULTI_SELECT);
    String option = '"' + any(OPTIONS) + '"';
    return any(
        List.of(
            "stage = \"Warm\"",
            "stage != \"Prospect\"",
            "stage in (\"Warm\", \"Prospect\")",
            "stage contains \"ar\"",
            "stage is empty",
            "starred = true",
            "starred != true",
            key(FieldType.BOOLEAN) + " = false",
            options + " contains " + option,
            options + " not contains " + option,
            options + " in (" + option + ", \"Green\")",
            options + " is empty"));
  }
}
