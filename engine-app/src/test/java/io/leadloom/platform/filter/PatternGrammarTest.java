package io.leadloom.platform.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.CriteriaPattern.And;
import io.leadloom.platform.filter.CriteriaPattern.Criterion;
import io.leadloom.platform.filter.CriteriaPattern.Or;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PatternGrammarTest {

  @Example
  void readsNestedGroupsWithoutLetterCase() {
    assertThat(PatternGrammar.parse("(1 and (2 OR 3))", 3))
        .isEqualTo(
            new And(
                List.of(new Criterion(1), new Or(List.of(new Criterion(2), new Criterion(3))))));
    assertThat(PatternGrammar.parse("1 OR 2 AND 3", 3))
        .isEqualTo(
            new Or(
                List.of(new Criterion(1), new And(List.of(new Criterion(2), new Criterion(3))))));
    assertThat(PatternGrammar.parse("((1))", 1)).isEqualTo(new Criterion(1));
  }

  @Example
  void errorsNamePositionTokenAndExpectation() {
    assertRefused(
        "(1 AND 4)",
        3,
        "4",
        "position 8 an opening parenthesis or the number of a criterion from 1 to 3");
    assertRefused("(1 AND 0)", 3, "0", "position 8");
    assertRefused("(1 XOR 2)", 3, "XOR", "position 4 a closing parenthesis");
    assertRefused("1 2", 3, "2", "AND, OR or the end");
    assertRefused("", 3, "", "position 1");
    assertRefused("1 AND", 3, "", "position 6");
    assertRefused("(".repeat(17) + "1", 3, "(", "nested at most 16 deep");
    assertRefused("1 AND ".repeat(200) + "1", 3, "1 AND", "at most 1000 characters");
  }

  @Property
  void whatIsPrintedReadsBackEqual(@ForAll("patterns") CriteriaPattern pattern) {
    assertThat(PatternGrammar.parse(PatternGrammar.print(pattern), 9)).isEqualTo(pattern);
  }

  @Property
  void garbageIsRefusedAndNothingElse(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property(tries = 3_000)
  void shuffledTokensAreRefusedOrReadBackEqual(@ForAll("tokens") List<String> tokens) {
    readOrRefuse(String.join(" ", tokens));
  }

  private static void readOrRefuse(String text) {
    CriteriaPattern pattern;
    try {
      pattern = PatternGrammar.parse(text, 9);
    } catch (RefusedException refusal) {
      assertThat(refusal.violations()).hasSize(1);
      assertThat(refusal.violations().get(0).field()).isEqualTo("pattern");
      return;
    }
    assertThat(PatternGrammar.parse(PatternGrammar.print(pattern), 9)).isEqualTo(pattern);
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of("1", "2", "12", "(", ")", "AND", "or", "not", "-1", "\"1\"", "now")
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<CriteriaPattern> patterns() {
    return nested(4);
  }

  private Arbitrary<CriteriaPattern> nested(int levels) {
    if (levels == 0) {
      return Arbitraries.integers().between(1, 9).map(Criterion::new);
    }
    Arbitrary<CriteriaPattern> inner = nested(levels - 1);
    return Arbitraries.oneOf(
        inner,
        inner.list().ofMinSize(2).ofMaxSize(3).map(And::new),
        inner.list().ofMinSize(2).ofMaxSize(3).map(Or::new));
  }

  private static void assertRefused(String text, int criteria, String token, String expectation) {
    assertThatThrownBy(() -> PatternGrammar.parse(text, criteria))
        .asInstanceOf(type(RefusedException.class))
        .satisfies(
            refusal -> {
              assertThat(refusal.violations().get(0).value()).startsWith(token);
              assertThat(refusal.violations().get(0).expectation()).contains(expectation);
            });
  }
}
