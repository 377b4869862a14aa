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
public final class Completeness {

  static final String FIELD = "incomplete";
  static final String TITLE = "leadName";

  private static final List<String> ASKED = List.of(TITLE, "source", "salesDirection", "contact");
  private static final String COMPANY = "account";
  private static final int LONGEST = 250;
  private static final int SHOWN_OF_PHONE = 3;

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

  /**
   * Takes the mark away when a change fills in what was missing. No change sets it: it says how a lead came in, and those
   * from before the complete form never were asked.
   */
  static void ofChange(Record before, Values changes, LeadSettings settings) {
    boolean touched = changes.has(COMPANY) || ASKED.stream().anyMatch(changes::has);
    if (touched
        && Boolean.TRUE.equals(before.values().get(FIELD))
        && !missing(
            key -> changes.has(key) ? changes.get(key) : before.values().get(key), settings)) {
      changes.with(FIELD, false);
    }
  }

  /** The keys of what a lead that is marked as incomplete lacks, in the order of the form. */
  public static List<String> missing(Values lead, LeadSettings settings) {
    List<String> missing =
        new ArrayList<>(ASKED.stream().filter(key -> lead.get(key) == null).toList());
    if (!settings.withoutCompany() && lead.get(COMPANY) == null) {
      missing.add(COMPANY);
    }
    return missing;
  }

  private static boolean missing(Function<String, @Nullable Object> value, LeadSettings settings) {
    return ASKED.stream().anyMatch(key -> value.apply(key) == null)
        || (!settings.withoutCompany() && value.apply(COMPANY) == null);
  }

  /**
   * Who it is and where it came from, for example "Ann Lee, Website form"; null when nothing is known. Addresses are in it
   * in part only, as whoever sees the title need not see them.
   */
  private static @Nullable String title(Values lead, @Nullable String person) {
    List<String> parts = new ArrayList<>();
    String who = who(lead);
    who = who == null ? person : who;
    who = who == null ? lead.text("company") : who;
    who = who == null ? masked(lead.text("email"), lead.text("phone")) : who;
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

  /** First and last name, as far as they are known; null when neither is. */
  static @Nullable String who(Values person) {
    String first = person.text("firstName");
    String last = person.text("lastName");
    return first == null ? last : last == null ? first : first + " " + last;
  }

  private static @Nullable String masked(@Nullable String email, @Nullable String phone) {
    if (email != null && email.indexOf('@') > 0) {
      return email.substring(0, email.offsetByCodePoints(0, 1))
          + "…"
          + email.substring(email.indexOf('@'));
    }
    return phone == null || phone.length() <= SHOWN_OF_PHONE
        ? null
        : "…" + phone.substring(phone.length() - SHOWN_OF_PHONE);
  }
}
