package io.leadloom.decision.rulebase;

import java.math.BigDecimal;

/** Writes values and names as DRL, so that no text of a user can become code. */
public final class DrlText {

  private DrlText() {}

  /** A string literal. */
  public static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20
              || (c >= 0x7f && c < 0xa0)
              || c == '\u2028'
              || c == '\u2029'
              || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** A literal of a normalised value. */
  public static String literal(Object value) {
    if (value instanceof Long number) {
      return number + "L";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString() + "B";
    }
    return value instanceof Boolean truth ? truth.toString() : quoted(value.toString());
  }

  /** A rule name: one line, without quotes and backslashes. */
  public static String ruleName(String label) {
    String name = label.replaceAll("[\\p{Cntrl}\"\\\\]+", " ").strip();
    return name.length() > 150 ? name.substring(0, 150) : name;
  }
}
