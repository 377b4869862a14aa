package io.leadloom.platform.filter;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code now}, {@code today} and {@code now - 2 hours} where they come as plain texts. */
public final class RelativeText {

  private static final Pattern FORM =
      Pattern.compile(
          "(now|today)(?:\\s*([+-])\\s*(\\d{1,5})\\s+(minute|hour|day|week|month|year)s?)?",
          Pattern.CASE_INSENSITIVE);

  private RelativeText() {}

  /** The relative moment, or the text as a literal when it is none. */
  public static Operand read(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return new Operand.Literal(text);
    }
    boolean now = matcher.group(1).equalsIgnoreCase("now");
    Operand.Anchor anchor = now ? Operand.Anchor.NOW : Operand.Anchor.TODAY;
    if (matcher.group(2) == null) {
      return new Operand.Relative(anchor, 0, now ? Operand.Unit.MINUTES : Operand.Unit.DAYS);
    }
    long amount = Long.parseLong(matcher.group(3));
    Operand.Unit unit = Operand.Unit.valueOf(matcher.group(4).toUpperCase(Locale.ROOT) + "S");
    return new Operand.Relative(anchor, matcher.group(2).equals("-") ? -amount : amount, unit);
  }
}
