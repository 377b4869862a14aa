package io.leadloom.automation;

import io.leadloom.platform.Violation;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with an automation, in the words of a designer.
 *
 * @param element the id of the BPMN element; null when it concerns the whole automation
 * @param name the element's name as users see it
 * @param field the attribute or setting
 * @param value what stands there
 * @param expectation what was expected
 * @param line the line of an analyst's DRL, counted from 1; null otherwise
 */
public record Problem(
    @Nullable String element,
    @Nullable String name,
    String field,
    @Nullable String value,
    String expectation,
    @Nullable Integer line) {

  /** The same as a sentence for the history of runs and for notices. */
  public String sentence() {
    String who = name == null || name.isBlank() ? element : "'" + name + "'";
    String found = value == null || value.isBlank() ? "" : ", found " + value;
    return (who == null ? "" : who + ", ") + field + ": expected " + expectation + found;
  }

  /** The same as a violation, its field being {@code element.field}. */
  public Violation violation() {
    String where = element == null ? field : element + "." + field;
    String at = line == null ? "" : " (line " + line + ")";
    String who = name == null || name.isBlank() ? "" : "'" + name + "': ";
    return Violation.of(where, value, who + expectation + at);
  }
}
