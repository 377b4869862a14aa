package io.leadloom.automation.inspect;

import io.leadloom.automation.run.RunHistory;
import io.leadloom.automation.run.StartQuestions;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.journal.JournalEntry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether an automation started for a record, and what said no if not.
 *
 * @param event the newest event that it is about: one that the trigger accepts or, for {@link Why#OTHER_SETTINGS}, one of
 *     the right kind; null when there is none
 * @param said what the engine says about a start for the event; null when it was not asked
 * @param run the newest run for the record; null when there is none
 * @param detail what happened to the event instead, in words; null for nothing to add
 */
public record Answer(
    TriggerIndex.Starter starter,
    Why why,
    @Nullable JournalEntry event,
    StartQuestions.@Nullable Said said,
    RunHistory.@Nullable Summary run,
    @Nullable String detail) {

  /** What decided. */
  public enum Why {
    /** It started for the newest event that its trigger accepts. */
    STARTED,
    /** Nothing of the kind that it starts on happened in the time that is known. */
    NEVER_HAPPENED,
    /** Such things happened, but never as its trigger wants them. */
    OTHER_SETTINGS,
    /** It was not published when it happened. */
    NOT_PUBLISHED,
    /** Another version was published when it happened; what that one said is not known any more. */
    OTHER_VERSION,
    /** It is paused. */
    PAUSED,
    /** Who changed the record wanted no automations to start by it. */
    NO_STARTS,
    /** It waits for its turn among the starts of an import. */
    HELD,
    UNFIT,
    CONDITION,
    GONE,
    REENTRY,
    /** The event has not been handled yet. */
    NOT_HANDLED,
    /** The event could not be handled, and waits for another try or for an administrator. */
    HANDLING_FAILED,
    /** Nothing says no, and what was so at that time is not known any more. */
    NOT_KNOWN;

    /** The name in JSON, for example {@code neverHappened}. */
    public String key() {
      StringBuilder key = new StringBuilder();
      for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
        key.append(
            key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
      }
      return key.toString();
    }
  }
}
