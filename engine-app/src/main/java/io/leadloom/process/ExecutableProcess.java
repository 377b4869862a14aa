package io.leadloom.process;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a process that can run. Runs live in memory only while a call lasts: a call takes the state of a
 * waiting run and gives back its next state, and never touches a database. Thread-safe.
 */
public interface ExecutableProcess extends AutoCloseable {

  /** Starts a run and carries it on until it ends or waits everywhere. What the door throws comes out unchanged. */
  Execution start(CardDoor door);

  /**
   * Carries a waiting run on. A wait that is no longer there (already served) leaves the run as it is.
   *
   * @throws RunStateException when the state is damaged, or was written by another version of the process or by a newer
   *     engine
   * @throws IllegalArgumentException when the signal does not fit the wait, for example a retry of a timer
   */
  Execution resume(byte[] state, Signal signal, CardDoor door);

  /** What a stored run waits for; changes nothing. Throws as {@link #resume} does. */
  List<Wait> waits(byte[] state);

  /** Forgets the version and frees its memory. */
  @Override
  void close();

  /** How the engine asks for what the cards do. Called on the caller's thread, for the run of the current call. */
  interface CardDoor {

    /** Whether the condition of a sequence flow is true now. */
    boolean holds(String flowId);

    /**
     * Does what the card says.
     *
     * @param visit how often this run has reached the card, counted from 1
     */
    Outcome perform(String nodeId, int visit);

    /** When a timer that was just reached is due. */
    Instant due(String nodeId, int visit);

    /** The run reached a node (all kinds), in order. */
    void entered(String nodeId, int visit);

    /** The run went on from a node that had made it wait (card, timer, event), because that wait was served. */
    void left(String nodeId, int visit);

    /**
     * A wait ended without being served: the other branch of an event gateway was first, a boundary event interrupted the
     * card, or the whole run ended.
     */
    default void dropped(String nodeId, int visit) {}
  }

  /** What a card did. */
  sealed interface Outcome {

    /** Finished; the run goes on. */
    record Done() implements Outcome {}

    /** The run waits at this card until it is resumed with {@link Signal.Complete}. */
    record Wait() implements Outcome {}

    /** It failed; the run stays at the card until it is retried, skipped or cancelled. Other branches go on. */
    record Failed(String message) implements Outcome {}

    /** The whole run ends here, with all its branches. */
    record Stop() implements Outcome {}

    Outcome DONE = new Done();
    Outcome WAIT = new Wait();
    Outcome STOP = new Stop();
  }

  /**
   * Where a run stands after a call.
   *
   * @param ended whether nothing is left to do
   * @param state the state to keep while it waits; null when it ended
   * @param waits what it waits for; empty when it ended
   */
  record Execution(boolean ended, byte @Nullable [] state, List<Wait> waits) {}

  /** Something a run waits for. Ids are unique within the run and stay the same until served. */
  sealed interface Wait {

    String id();

    String nodeId();

    int visit();

    record Timer(String id, String nodeId, int visit, Instant due) implements Wait {}

    /** Waits for an event described by the node's settings. */
    record Event(String id, String nodeId, int visit) implements Wait {}

    /** Waits for a card's {@link Signal.Complete}. */
    record Card(String id, String nodeId, int visit) implements Wait {}

    /**
     * Stands at a failed card; or at a joining gateway whose other branches can no longer come, which can be skipped but
     * not retried.
     */
    record Failure(String id, String nodeId, int visit, String message) implements Wait {}
  }

  /** What carries a waiting run on; names the wait it serves. */
  sealed interface Signal {

    String waitId();

    record TimerFired(String waitId) implements Signal {}

    record EventHappened(String waitId) implements Signal {}

    record Complete(String waitId) implements Signal {}

    /** What the card waits for went wrong: the run takes the card's error path, or stands at the failed card. */
    record Fail(String waitId, String message) implements Signal {}

    /** Does the failed card again. */
    record Retry(String waitId) implements Signal {}

    /** Goes on after the failed card as if it had been done. */
    record Skip(String waitId) implements Signal {}
  }
}
