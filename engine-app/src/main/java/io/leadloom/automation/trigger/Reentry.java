package io.leadloom.automation.trigger;

/**
 * Whether an automation may start again for a record that it has started for before.
 *
 * @param policy the rule
 * @param days for {@link Policy#ONCE_PER_DAYS}: how many days must lie between two starts
 */
public record Reentry(Policy policy, int days) {

  public static final Reentry EVERY_TIME = new Reentry(Policy.EVERY_TIME, 0);

  /** The rules of re-entry. */
  public enum Policy {
    EVERY_TIME,
    ONCE_PER_RECORD,
    ONCE_PER_DAYS,
    NOT_WHILE_RUNNING
  }

  /** Whether earlier starts must be looked up. */
  public boolean looksBack() {
    return policy != Policy.EVERY_TIME;
  }
}
