package io.leadloom.platform.filter;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.FilterLexer.Kind;
import io.leadloom.platform.filter.FilterLexer.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammar that joins the numbered criteria of a condition: {@code (1 AND (2 OR 3))}. Keywords ignore letter case;
 * AND binds tighter than OR.
 */
public final class PatternGrammar {

  /** The longest pattern, in characters. */
  public static final int MAX_LENGTH = 1_000;

  /** The deepest nesting of parentheses. */
  public static final int MAX_DEPTH = 16;

  private static final String NAME = "pattern";

  private final List<Token> tokens;
  private final int criteria;
  private int next;

  private PatternGrammar(String text, int criteria) {
    this.tokens = FilterLexer.tokens(text, NAME, MAX_LENGTH);
    this.criteria = criteria;
  }

  /**
   * Reads a pattern.
   *
   * @param criteria how many criteria there are; every number must be from 1 to this
   * @throws RefusedException (INVALID) when it cannot be read; its one violation has the field {@code pattern}, the
   *     offending token and a sentence with the position and what was expected
   */
  public static CriteriaPattern parse(String text, int criteria) {
    PatternGrammar grammar = new PatternGrammar(text, criteria);
    CriteriaPattern pattern = grammar.or(0);
    if (grammar.peek().kind() != Kind.END) {
      throw grammar.expected("AND, OR or the end of the pattern");
    }
    return pattern;
  }

  /** Writes a pattern in canonical form; {@code parse(print(p), n)} equals {@code p}. */
  public static String print(CriteriaPattern pattern) {
    if (pattern instanceof CriteriaPattern.Criterion criterion) {
      return "(" + criterion.number() + ")";
    }
    return group(pattern);
  }

  private static String group(CriteriaPattern pattern) {
    if (pattern instanceof CriteriaPattern.Criterion criterion) {
      return Integer.toString(criterion.number());
    }
    if (pattern instanceof CriteriaPattern.And and) {
      return "("
          + String.join(" AND ", and.parts().stream().map(PatternGrammar::group).toList())
          + ")";
    }
    CriteriaPattern.Or or = (CriteriaPattern.Or) pattern;
    return "(" + String.join(" OR ", or.parts().stream().map(PatternGrammar::group).toList()) + ")";
  }

  private CriteriaPattern or(int depth) {
    List<CriteriaPattern> parts = new ArrayList<>();
    do {
      parts.add(and(depth));
    } while (accept("or"));
    return parts.size() == 1 ? parts.get(0) : new CriteriaPattern.Or(parts);
  }

  private CriteriaPattern and(int depth) {
    List<CriteriaPattern> parts = new ArrayList<>();
    do {
      parts.add(part(depth));
    } while (accept("and"));
    return parts.size() == 1 ? parts.get(0) : new CriteriaPattern.And(parts);
  }

  private CriteriaPattern part(int depth) {
    Token token = peek();
    if (token.isSymbol("(")) {
      if (depth >= MAX_DEPTH) {
        throw RefusedException.invalid(
            "The pattern is nested too deeply",
            Violation.of(NAME, token.source(), "nested at most " + MAX_DEPTH + " deep"));
      }
      next++;
      CriteriaPattern inner = or(depth + 1);
      if (!peek().isSymbol(")")) {
        throw expected("a closing parenthesis");
      }
      next++;
      return inner;
    }
    if (token.kind() == Kind.LITERAL && token.text().matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(token.text());
      if (number >= 1 && number <= criteria) {
        next++;
        return new CriteriaPattern.Criterion(number);
      }
    }
    throw expected("an opening parenthesis or the number of a criterion from 1 to " + criteria);
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean accept(String keyword) {
    boolean found = peek().is(keyword);
    next += found ? 1 : 0;
    return found;
  }

  private RefusedException expected(String what) {
    return FilterLexer.refusal(NAME, peek(), what);
  }
}
