package io.leadloom.record.mark;

/**
 * A tag or static list was renamed, deleted or restored: records carry another mark without a word of theirs in the
 * journal. Told within the transaction.
 *
 * @param kind what it was
 * @param list the id of the static list; 0 for tags
 */
public record MarkChange(Kind kind, long list) {

  /** The kinds of marks. */
  public enum Kind {
    TAG,
    LIST
  }
}
