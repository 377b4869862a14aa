package io.leadloom.automation.card;

import io.leadloom.process.ExecutableProcess.Outcome;
import org.jspecify.annotations.Nullable;

/** A kind of card (AUT-004): reads its settings once per version and gives what is done at each visit. */
public interface Card {

  /** The permanent id, for example {@code tag.add}; the descriptor of the same name describes the settings. */
  String type();

  /** Reads and checks settings. Problems go to {@code settings}; the action is not used when there are any. */
  Action prepare(CardSettings settings, CardScope scope);

  /**
   * What it takes to publish an automation with this card that is not so (AUT-006, AUT-070); null when nothing is missing.
   *
   * @param administrator whether the author is one
   */
  default @Nullable String withheld(boolean administrator) {
    return null;
  }

  /** Whether later conditions and cards may use the task that this card creates (AUT-033). */
  default boolean createsTask() {
    return false;
  }

  /** Whether later conditions and cards may use the answer that this card gets. */
  default boolean getsResponse() {
    return false;
  }

  /** What a card does for one run. Thread-safe. */
  @FunctionalInterface
  interface Action {

    /** Does it. Expected failures are outcomes; an exception fails the whole batch. */
    Outcome perform(CardRun run);
  }
}
