package io.leadloom.record.mark;

import java.util.Set;

/**
 * A tag or static list was renamed, deleted or restored: records carry another mark without a word of theirs in the
 * journal. Told within the transaction.
 *
 * @param kind what it was
 * @param tags the names of the tag, before and now, folded; none for lists
 * @param list the id of the static list; 0 for tags
 */
public record MarkChange(Kind kind, Set<String> tags, long list) {

  public MarkChange {
    tags = Set.copyOf(tags);
  }

  /** The kinds of marks. */
  public enum Kind {
    TAG,
    LIST
  }
}
