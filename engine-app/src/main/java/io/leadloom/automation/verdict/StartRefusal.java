package io.leadloom.automation.verdict;

/** What keeps an automation from starting for an event that its trigger accepts, in the order in which it is asked. */
public enum StartRefusal {
  /** Its version no longer fits the account. */
  UNFIT,
  /** Its start condition is false. */
  CONDITION,
  /** The record is deleted or in the trash. */
  GONE,
  /** Its re-entry policy does not let it start again. */
  REENTRY
}
