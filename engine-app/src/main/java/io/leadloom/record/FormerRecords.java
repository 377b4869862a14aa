package io.leadloom.record;

import io.leadloom.platform.RecordRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The records that have been merged into others: what was theirs belongs to those that stayed. */
public interface FormerRecords {

  /**
   * The records that have become part of one, over all merges.
   *
   * @param most at most so many
   */
  List<RecordRef> mergedInto(RecordRef survivor, int most);

  /** The records that stand for those among these that have been merged, in the end. */
  Map<RecordRef, RecordRef> survivors(Collection<RecordRef> refs);
}
