package io.leadloom.record.duplicate;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Blocks that had more records than are compared when they were last read here: worth a look whether anything has to be
 * read of them at all. It is only a hint, so nodes need not agree. Safe for several threads.
 */
final class FullBlocks {

  private static final int MOST_KEPT = 10_000;

  private final Set<Long> hashes = new LinkedHashSet<>();

  synchronized void note(long hash, boolean full) {
    if (!full) {
      hashes.remove(hash);
    } else if (hashes.add(hash) && hashes.size() > MOST_KEPT) {
      hashes.remove(hashes.iterator().next());
    }
  }

  synchronized Set<Long> among(Collection<Long> some) {
    Set<Long> known = new HashSet<>(some);
    known.retainAll(hashes);
    return known;
  }
}
