package io.leadloom.platform.filter;

import java.util.List;

/** How the numbered criteria of a condition are joined, for example {@code (1 AND (2 OR 3))}. */
public sealed interface CriteriaPattern {

  /** The criterion with this number; the first is 1. */
  record Criterion(int number) implements CriteriaPattern {}

  /** True when all parts are true; two or more. */
  record And(List<CriteriaPattern> parts) implements CriteriaPattern {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** True when at least one part is true; two or more. */
  record Or(List<CriteriaPattern> parts) implements CriteriaPattern {
    public Or {
      parts = List.copyOf(parts);
    }
  }
}
