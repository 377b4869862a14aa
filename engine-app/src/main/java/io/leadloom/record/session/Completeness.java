package io.leadloom.record.session;

import io.leadloom.record.Record;
import io.leadloom.schema.Schema.LeadSettings;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Marks leads that came in without what the complete form asks for (LEAD-217). Worked out from the values at hand, so that
 * it costs writes nothing.
 */
final class Completeness {

  static final String FIELD = "incomplete";
  static final String TITLE = "leadName";

  private static final List<String> ASKED = List.of(TITLE, "source", "salesDirection", "contact");
  private static final String COMPANY = "account";
  private static final int LONGEST = 250;

  private Completeness() {}

  /**
   * Names a new lead that nobody has named, and marks it when something is missing.
   *
   * @param person who the lead's contact is, where the lead does not say it; null for nobody
   */
  static void ofNew(Values values, @Nullable String person, LeadSettings settings) {
    if (values.get(TITLE) == null) {
      values.with(TITLE, title(values, person));
    }
    values.with(FIELD, missing(values::get, settings));
  }

  /** Sets or takes away the mark when a change touches what it depends on. */
  static void ofChange(Record before, Values changes, LeadSettings settings) {
    if (!changes.has(COMPANY) && ASKED.stream().noneMatch(changes::has)) {
      return;
    }
    boolean missing =
        missing(key -> changes.has(key) ? changes.get(key) : before.values().get(key), settings);
    if (missing != Boolean.TRUE.equals(before.values().get(FIELD))) {
      changes.with(FIELD, missing);
    }
  }

  private static boolean missing(Function<String, @Nullable Object> value, LeadSettings settings) {
    return ASKED.stream().anyMatch(key -> value.apply(key) == null)
        || (!settings.withoutCompany() && value.apply(COMPANY) == null);
  }

  /** Who it is and where it came from, for example "Ann Lee, Website form"; null when neither is known. */
  private static @Nullable String title(Values lead, @Nullable String person) {
    List<String> parts = new ArrayList<>();
    String first = lead.text("firstName");
    String last = lead.text("lastName");
    String who = first == null ? last : last == null ? first : first + " " + last;
    who = who == null ? person : who;
    who = who == null ? lead.text("company") : who;
    if (who != null) {
      parts.add(who);
    }
    String source = lead.text("source");
    if (source != null) {
      parts.add(source);
    }
    String title = String.join(", ", parts);
    return title.isEmpty() ? null : title.substring(0, Math.min(LONGEST, title.length()));
  }
}
