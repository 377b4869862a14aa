package io.leadloom.platform.filter;

/**
 * The comparisons of filters and conditions. An empty value makes every positive comparison false and every negative
 * one true (AUT-D02). Texts compare without letter case.
 */
public enum Operator {
  EQUALS("="),
  NOT_EQUALS("!="),
  CONTAINS("contains"),
  NOT_CONTAINS("not contains"),
  STARTS_WITH("starts with"),
  ENDS_WITH("ends with"),
  IN("in"),
  NOT_IN("not in"),
  /** Both boundaries belong to the range (AUT-036, AUT-D03). */
  BETWEEN("between"),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  EMPTY("is empty"),
  NOT_EMPTY("is not empty"),
  BEFORE("before"),
  AFTER("after"),
  /** On the given day in the account's time zone. */
  ON("on"),
  WITHIN_LAST("within last"),
  WITHIN_NEXT("within next"),
  ON_WEEKDAY("on weekday"),
  /** Only where an event is at hand: the field changed in the event. */
  CHANGED("changed"),
  CHANGED_FROM("changed from"),
  CHANGED_TO("changed to"),
  HAS_TAG("has tag"),
  HAS_NO_TAG("has no tag"),
  IN_LIST("in list"),
  NOT_IN_LIST("not in list"),
  HAS_ACTIVITY("has activity"),
  HAS_NO_ACTIVITY("has no activity");

  private final String words;

  Operator(String words) {
    this.words = words;
  }

  /** How the operator is written in the filter grammar and read back to users. */
  public String words() {
    return words;
  }
}
