package io.leadloom.platform.company;

import io.leadloom.platform.Violation;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts that people type into the fields of a form: a blank one is none, and what is wrong is told.
 *
 * @param wrong is told of each text that does not fit; may throw, and otherwise the text counts as none
 */
public record FormTexts(Consumer<Violation> wrong) {

  /** A line without blanks around it; null for none. */
  public @Nullable String line(String field, @Nullable String given, int longest) {
    if (given == null || given.isBlank()) {
      return null;
    }
    String text = given.strip();
    if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
      wrong.accept(Violation.of(field, given, "at most " + longest + " characters on one line"));
      return null;
    }
    return text;
  }

  /**
   * A text in its one form, such as those of {@link ContactForms}; null for none.
   *
   * @param form brings a text into that form; empty when it has none
   */
  public @Nullable String form(
      String field,
      @Nullable String given,
      Function<String, Optional<String>> form,
      String expectation) {
    if (given == null || given.isBlank()) {
      return null;
    }
    Optional<String> text = form.apply(given);
    if (text.isEmpty()) {
      wrong.accept(Violation.of(field, given, expectation));
    }
    return text.orElse(null);
  }
}
