package io.leadloom.platform.filter;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts the text of a filter or pattern into tokens with positions. */
final class FilterLexer {

  /** What a token is. */
  enum Kind {
    /** A bare word: keyword, field key, {@code true}, {@code now}. */
    WORD,
    /** A field key in back quotes. */
    QUOTED_FIELD,
    /** A text in double quotes; {@link Token#text()} is unescaped. */
    TEXT,
    /** A bare number or ISO date. */
    LITERAL,
    SYMBOL,
    END
  }

  /**
   * One token.
   *
   * @param at its position, counted from 1
   * @param source how it is written, for messages
   */
  record Token(Kind kind, String text, int at, String source) {

    boolean is(String keyword) {
      return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSymbol(String symbol) {
      return kind == Kind.SYMBOL && text.equals(symbol);
    }
  }

  private static final Pattern BARE =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:\\d{2})?)?(?![\\w.:-])"
              + "|-?\\d{1,30}(?:\\.\\d{1,30})?(?![\\w.:])");
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final Pattern SYMBOL = Pattern.compile("<=|>=|!=|<>|[=<>(),+-]");

  private final String text;
  private final String name;

  private FilterLexer(String text, String name) {
    this.text = text;
    this.name = name;
  }

  /** Cuts the text; the last token is {@link Kind#END}. */
  static List<Token> tokens(String text, String name, int maxLength) {
    if (text.length() > maxLength) {
      throw RefusedException.invalid(
          "The " + name + " is too long",
          Violation.of(name, text, "at most " + maxLength + " characters, not " + text.length()));
    }
    return new FilterLexer(text, name).cut();
  }

  /** Whether a literal can be written without quotes. */
  static boolean isBareLiteral(String text) {
    return BARE.matcher(text).matches() || text.equals("true") || text.equals("false");
  }

  /** The refusal of a token. */
  static RefusedException refusal(String name, Token found, String expected) {
    String what = found.kind() == Kind.END ? "the end" : "'" + found.source() + "'";
    return RefusedException.invalid(
        "The " + name + " cannot be read at position " + found.at(),
        Violation.of(
            name,
            found.source(),
            "at position " + found.at() + " " + expected + " was expected instead of " + what));
  }

  private List<Token> cut() {
    List<Token> tokens = new ArrayList<>();
    Matcher bare = BARE.matcher(text);
    Matcher word = WORD.matcher(text);
    Matcher symbol = SYMBOL.matcher(text);
    bare.useTransparentBounds(true);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '"') {
        at = text(at, tokens);
      } else if (c == '`') {
        int end = text.indexOf('`', at + 1);
        if (end <= at + 1) {
          throw unexpected(at, "a field key closed by a back quote");
        }
        tokens.add(
            new Token(
                Kind.QUOTED_FIELD,
                text.substring(at + 1, end),
                at + 1,
                text.substring(at, end + 1)));
        at = end + 1;
      } else if (bare.region(at, text.length()).lookingAt()) {
        tokens.add(new Token(Kind.LITERAL, bare.group(), at + 1, bare.group()));
        at = bare.end();
      } else if (word.region(at, text.length()).lookingAt()) {
        tokens.add(new Token(Kind.WORD, word.group(), at + 1, word.group()));
        at = word.end();
      } else if (symbol.region(at, text.length()).lookingAt()) {
        tokens.add(new Token(Kind.SYMBOL, symbol.group(), at + 1, symbol.group()));
        at = symbol.end();
      } else {
        throw unexpected(at, "a field, a value, an operator or a parenthesis");
      }
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1, ""));
    return tokens;
  }

  private int text(int start, List<Token> tokens) {
    StringBuilder value = new StringBuilder();
    for (int at = start + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        tokens.add(
            new Token(Kind.TEXT, value.toString(), start + 1, text.substring(start, at + 1)));
        return at + 1;
      }
      if (c == '\\') {
        at++;
        if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\\')) {
          throw unexpected(at - 1, "\\\" or \\\\ (a backslash in a text is doubled)");
        }
        value.append(text.charAt(at));
      } else {
        value.append(c);
      }
    }
    throw unexpected(start, "a text that ends with a double quote");
  }

  private RefusedException unexpected(int at, String expected) {
    int end = at;
    while (end < text.length() && end < at + 20 && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    String source = text.substring(at, Math.max(end, Math.min(at + 1, text.length())));
    return refusal(name, new Token(Kind.SYMBOL, source, at + 1, source), expected);
  }
}
