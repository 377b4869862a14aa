package io.leadloom.record;

import java.util.Optional;

/**
 * The automations that an import's rows start a few at a time. Whoever starts automations says how many wait; whoever
 * imports says how fast they go.
 */
public interface ImportStarts {

  /** What becomes of the starts of an import. */
  enum State {
    /** So many a minute. */
    HELD,
    /** As fast as they come. */
    OPEN,
    /** Those that wait are gone, and those to come as well. */
    DROPPED
  }

  /**
   * How it stands with an import.
   *
   * @param perMinute the most starts a minute, over all nodes
   * @param waiting how many have yet to start
   * @param dropped how many never will
   */
  record Figures(State state, int perMinute, long waiting, long started, long dropped) {}

  /** From now on the starts of an import are held back; part of the transaction that starts the import. */
  void hold(long importId, int perMinute);

  /** How it stands; empty for imports that were never held back. */
  Optional<Figures> figures(long importId);

  /** Lets so many a minute start. Nothing happens when they were dropped. */
  void slow(long importId, int perMinute);

  /** Lets those that wait start at once. Nothing happens when they were dropped. */
  void open(long importId);

  /** Drops those that wait and those to come. Nothing happens when none were held back. */
  void drop(long importId);
}
