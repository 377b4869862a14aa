package io.leadloom.automation.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the mail that reminds of a follow-up says, in the language and time zone of who is reminded (LEAD-091). */
record ReminderMail(String subject, String text) {

  /**
   * Says it.
   *
   * @param notes what was noted for it; blank for nothing
   * @param lead the name of the lead; null for a follow-up without one
   * @param link the address of the lead's page
   */
  static ReminderMail of(
      String title,
      String notes,
      @Nullable String lead,
      Instant at,
      String link,
      Locale locale,
      ZoneId zone) {
    boolean german = locale.getLanguage().equals("de");
    String when =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT)
            .withLocale(german ? Locale.GERMANY : Locale.UK)
            .withZone(zone)
            .format(at);
    StringBuilder text = new StringBuilder();
    if (!notes.isBlank()) {
      text.append(notes.strip()).append("\n\n");
    }
    if (lead != null) {
      text.append("Lead: ").append(lead).append('\n');
    }
    text.append(german ? "Geplant: " : "Planned: ")
        .append(when)
        .append(" (")
        .append(zone.getId())
        .append(")\n\n")
        .append(german ? "Zum Lead: " : "Open the lead: ")
        .append(link)
        .append('\n');
    String subject = (german ? "Wiedervorlage: " : "Follow-up: ") + (lead == null ? title : lead);
    return new ReminderMail(subject.replaceAll("[\\r\\n]+", " "), text.toString());
  }
}
