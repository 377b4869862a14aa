package io.leadloom.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition as a designer or analyst wrote it, in exactly one of three forms: structured criteria with a pattern, the
 * left-hand side of a DRL rule, or the name of a rule of the {@code rules} module.
 *
 * @param criteria the numbered criteria, the first is number 1
 * @param pattern how they are joined, for example {@code (1 AND (2 OR 3))}; null means all of them
 * @param drl DRL patterns written by an analyst; null otherwise
 * @param rule the name of a rule of the rules module; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Condition(
    List<Criterion> criteria,
    @Nullable String pattern,
    @Nullable String drl,
    @Nullable String rule) {

  public Condition {
    criteria = criteria == null ? List.of() : List.copyOf(criteria);
  }

  public static Condition all(Criterion... criteria) {
    return new Condition(List.of(criteria), null, null, null);
  }
}
