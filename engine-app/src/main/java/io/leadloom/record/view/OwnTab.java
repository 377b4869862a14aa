package io.leadloom.record.view;

/**
 * A tab that a user made for the page of leads, seen by nobody else.
 *
 * @param version the base of optimistic locking
 */
public record OwnTab(long id, LeadTab tab, int version) {

  /** What names it among the tabs of the page. */
  static String key(long id) {
    return "own-" + id;
  }
}
