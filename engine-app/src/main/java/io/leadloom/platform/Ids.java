package io.leadloom.platform;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Hands out permanent ids before the row is written, so that hot paths insert in batches without asking the database
 * for generated keys. Each node reserves blocks; ids rise within a node and are never given twice, gaps are normal.
 */
public interface Ids {

  /** The next id of the named sequence, for example {@code lead}. */
  long next(String sequence);

  /** Reserves {@code count} consecutive ids and returns the first. */
  long reserve(String sequence, int count);

  /** Ids with commas between them, as constants of a query: both databases look them up. */
  static String listed(Collection<Long> ids) {
    return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
