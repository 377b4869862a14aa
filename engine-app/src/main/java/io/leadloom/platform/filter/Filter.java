package io.leadloom.platform.filter;

import java.util.List;

/** A parsed filter: tests joined by and, or, not. Field names and values are not checked against a schema yet. */
public sealed interface Filter {

  /** Matches every record. */
  Filter ALL = new And(List.of());

  /** True when all parts are true; an empty list is always true. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** True when at least one part is true. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** True when the part is false. */
  record Not(Filter part) implements Filter {}

  /**
   * One comparison.
   *
   * @param field the key of the field; empty for operators without a field (has tag, in list)
   * @param operator the comparison
   * @param operands the values as written
   */
  record Test(String field, Operator operator, List<Operand> operands) implements Filter {
    public Test {
      operands = List.copyOf(operands);
    }
  }
}
