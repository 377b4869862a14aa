package io.leadloom.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a left-hand side that an analyst wrote. Only what is listed here gets through to Drools: everything that
 * could run code (calls, evals, imports, consequences, other dialects) has no word or sign for it.
 */
final class AnalystText {

  /** The longest text, in characters. */
  static final int MAX_LENGTH = 4_000;

  /** What a word is. */
  enum Kind {
    WORD,
    VARIABLE,
    NUMBER,
    TEXT,
    SIGN
  }

  /**
   * One word.
   *
   * @param start where it begins in the text
   * @param line its line, counted from 1
   */
  record Word(Kind kind, String text, int start, int line) {}

  /** The text cannot be accepted. */
  static final class Unacceptable extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String value;

    Unacceptable(int line, String value, String expectation) {
      super(expectation);
      this.line = line;
      this.value = value;
    }

    int line() {
      return line;
    }

    String value() {
      return value;
    }
  }

  /** Words of DRL that only ask. */
  static final Set<String> KEYWORDS =
      Set.of(
          "and",
          "or",
          "not",
          "exists",
          "forall",
          "from",
          "accumulate",
          "collect",
          "in",
          "contains",
          "matches",
          "null",
          "true",
          "false",
          "count",
          "sum",
          "min",
          "max",
          "average",
          "Number",
          "List",
          "intValue",
          "doubleValue",
          "longValue",
          "size");

  /** Words before a parenthesis that are not fact types. */
  static final Set<String> BEFORE_PARENTHESIS =
      Set.of(
          "and",
          "or",
          "not",
          "exists",
          "forall",
          "accumulate",
          "collect",
          "in",
          "count",
          "sum",
          "min",
          "max",
          "average",
          "Number",
          "List",
          "contains");

  private static final Pattern WORDS =
      Pattern.compile(
          "(?<comment>//[^\\n]*)"
              + "|(?<text>\"(?:[^\"\\\\\\p{Cntrl}]|\\\\[\"\\\\dswDSWbB.()*+?])*\")"
              + "|(?<number>[0-9]{1,18}(?:\\.[0-9]{1,12})?[LB]?(?![A-Za-z0-9_$]))"
              + "|(?<variable>\\$[A-Za-z][A-Za-z0-9_]*)"
              + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)"
              + "|(?<sign>&&|\\|\\||==|!=|<=|>=|[()<>,:;.!-])");

  private AnalystText() {}

  /** Cuts a text into words and drops the comments. */
  static List<Word> words(String text) throws Unacceptable {
    if (text.length() > MAX_LENGTH) {
      throw new Unacceptable(
          1, text.length() + " characters", "at most " + MAX_LENGTH + " characters");
    }
    List<Word> words = new ArrayList<>();
    Matcher matcher = WORDS.matcher(text);
    int at = 0;
    int line = 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == ' ' || c == '\t' || c == '\r') {
        line += c == '\n' ? 1 : 0;
        at++;
        continue;
      }
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new Unacceptable(
            line,
            text.substring(at, Math.min(text.length(), at + 1)),
            "patterns of facts with comparisons: this sign is not allowed in a condition");
      }
      if (matcher.group("comment") == null) {
        words.add(new Word(kind(matcher), matcher.group(), at, line));
      }
      at = matcher.end();
    }
    check(words);
    return words;
  }

  private static Kind kind(Matcher matcher) {
    if (matcher.group("text") != null) {
      return Kind.TEXT;
    }
    if (matcher.group("number") != null) {
      return Kind.NUMBER;
    }
    if (matcher.group("variable") != null) {
      return Kind.VARIABLE;
    }
    return matcher.group("word") != null ? Kind.WORD : Kind.SIGN;
  }

  private static void check(List<Word> words) throws Unacceptable {
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
      String before = i > 0 ? words.get(i - 1).text() : "";
      if (word.text().equals("from") && !next.equals("accumulate") && !next.equals("collect")) {
        throw new Unacceptable(
            word.line(), "from " + next, "from accumulate( … ) or from collect( … )");
      }
      boolean beforeResult =
          i + 2 < words.size() && next.startsWith("$") && words.get(i + 2).text().equals(":");
      if (word.text().equals(";") && !beforeResult) {
        throw new Unacceptable(
            word.line(), ";", "a semicolon only before the result of accumulate( … )");
      }
      if (word.text().equals("matches")) {
        checkPattern(word, next);
      }
      if (word.text().equals("-")
          && (i + 1 >= words.size() || words.get(i + 1).kind() != Kind.NUMBER)) {
        throw new Unacceptable(
            word.line(), "-", "a number after the minus sign: conditions do not calculate");
      }
      if (word.text().equals("-") && (before.equals(")") || (i > 0 && isValue(words.get(i - 1))))) {
        throw new Unacceptable(word.line(), "-", "a comparison: conditions do not calculate");
      }
    }
  }

  private static boolean isValue(Word word) {
    return word.kind() == Kind.NUMBER
        || word.kind() == Kind.VARIABLE
        || word.kind() == Kind.TEXT
        || (word.kind() == Kind.WORD && !KEYWORDS.contains(word.text()));
  }

  /** Bounds the work of a regular expression: no repeated groups, few repetitions. */
  private static void checkPattern(Word word, String pattern) throws Unacceptable {
    boolean text = pattern.startsWith("\"");
    long repetitions = pattern.chars().filter(c -> c == '*' || c == '+').count();
    if (!text || pattern.length() > 200 || repetitions > 4 || pattern.matches(".*\\)[*+{?].*")) {
      throw new Unacceptable(
          word.line(),
          pattern,
          "a regular expression in double quotes with at most 4 repetitions and no repeated groups");
    }
  }
}
