package io.leadloom.platform;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form in which Leadloom compares texts: without outer spaces and without letter case. */
public final class Folded {

  private Folded() {}

  /** Returns the comparable form, or null for a missing or blank text (blank counts as empty, LEAD-050). */
  public static @Nullable String of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return null;
    }
    return Normalizer.normalize(stripped, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
