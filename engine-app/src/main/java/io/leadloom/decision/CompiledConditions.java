package io.leadloom.decision;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The compiled conditions of one automation version. Thread-safe; costs memory until closed. */
public interface CompiledConditions extends AutoCloseable {

  /** The DRL that is executed, for reading. */
  String drl();

  Conditions.Needs needs();

  /** The keys of the lead fields (and {@code #tags}, {@code #lists}, {@code #activities}) that a condition reads. */
  Set<String> reads(String conditionId);

  /**
   * Evaluates all conditions for all runs of a batch in one session. Pure: nothing is changed.
   *
   * @return one verdict per element of {@code facts}, in order
   */
  List<Verdicts> evaluate(List<Facts> facts, Instant now, ZoneId zone);

  @Override
  void close();

  /** What the conditions say about one run. */
  interface Verdicts {

    boolean holds(String conditionId);

    /** The name of the rule that made it true; null when it is false. */
    @Nullable String firedRule(String conditionId);

    /** The values that the condition looked at, by {@code source.field}, for the history of the run. */
    Map<String, @Nullable Object> seen(String conditionId);
  }
}
