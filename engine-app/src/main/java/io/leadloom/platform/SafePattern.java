package io.leadloom.platform;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Regular expressions written by users, kept from running for ever on an unlucky text. */
public final class SafePattern {

  private static final int MOST_STEPS = 1_000_000;
  private static final int MOST_PATTERNS = 2_000;
  private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

  private SafePattern() {}

  /** Whether the whole text matches; a pattern that needs too many steps does not match. */
  public static boolean matches(String pattern, String text) {
    if (COMPILED.size() > MOST_PATTERNS) {
      COMPILED.clear();
    }
    Pattern compiled = COMPILED.computeIfAbsent(pattern, Pattern::compile);
    try {
      return compiled.matcher(new Counted(text, new int[1])).matches();
    } catch (TooManySteps | StackOverflowError e) {
      return false;
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManySteps() {
      super("too many steps", null, false, false);
    }
  }

  private record Counted(String text, int[] steps) implements CharSequence {

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++steps[0] > MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
