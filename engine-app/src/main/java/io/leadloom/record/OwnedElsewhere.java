package io.leadloom.record;

import io.leadloom.platform.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user has in another room than that of records, for those who hand it over to somebody else (SET-037). */
public interface OwnedElsewhere {

  /** What it is called, as a key. */
  String kind();

  /** How much of it there is; call it in a transaction. */
  long count(long user);

  /**
   * Gives some of it, in the current transaction.
   *
   * @param after where the page before ended; 0 for the first
   */
  Handed give(long from, long to, long after, int most, Cause cause);

  /**
   * What was given.
   *
   * @param kept what could not be given, with the reason
   * @param next where the next page begins; null when there is none
   */
  record Handed(int given, List<String> kept, @Nullable Long next) {
    public Handed {
      kept = List.copyOf(kept);
    }
  }
}
