package io.leadloom.decision.rulebase;

import java.util.BitSet;

/** Where the rules of one session note which condition holds for which run. Used by one thread. */
public final class VerdictSheet {

  private final BitSet[] runs;

  public VerdictSheet(int runs) {
    this.runs = new BitSet[runs];
    for (int i = 0; i < runs; i++) {
      this.runs[i] = new BitSet();
    }
  }

  /** Called by a rule that fired. */
  public void holds(int run, int condition) {
    runs[run].set(condition);
  }

  /** Whether the condition holds for the run. */
  public boolean isTrue(int run, int condition) {
    return runs[run].get(condition);
  }
}
