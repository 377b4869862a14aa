package io.leadloom.record;

import java.util.List;

/** Somebody who names tags in what he does with records. Rooms that records do not know bring theirs as beans. */
public interface TagUses {

  /**
   * What uses a tag.
   *
   * @param kind what kind of thing, for example {@code automation}
   */
  record Use(String kind, long id, String name) {}

  /** What uses a tag by one of these names, folded. */
  List<Use> of(List<String> names);

  /** The tag is deleted in the current transaction: what uses it needs attention (SET-133). */
  void deleted(String tag, List<Use> uses);
}
