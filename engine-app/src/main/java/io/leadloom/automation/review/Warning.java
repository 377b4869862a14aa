package io.leadloom.automation.review;

import org.jspecify.annotations.Nullable;

/**
 * Something that may be meant, and often is not.
 *
 * @param kind which of the things that are looked for
 * @param element the id of the BPMN element; null when it concerns the whole automation
 * @param name the element's name as users see it
 * @param text what may happen, as a sentence
 */
public record Warning(Kind kind, @Nullable String element, @Nullable String name, String text) {

  /** What is looked for. */
  public enum Kind {
    /** What it does may start it again, by itself or by way of other automations. */
    LOOP,
    /** A wait of more than a year. */
    LONG_WAIT,
    /** A mail that also reaches those who asked not to be mailed. */
    UNASKED_MAIL
  }
}
