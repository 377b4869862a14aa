package io.leadloom.automation.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why automations started for a record and why not, as REST shows it. */
final class WhyJson {

  private WhyJson() {}

  /**
   * Some automations.
   *
   * @param since from when on it is known what happened to the record
   */
  record Answers(List<Answer> items, @Nullable String next, Instant since) {}

  /**
   * One automation.
   *
   * @param paused whether it is paused now
   * @param event what it is about; null when nothing of the kind happened
   * @param settings what the trigger wants and what the event had instead
   * @param message what went wrong, in words
   * @param pattern how the criteria are joined; null for all of them
   * @param othersAsNow whether the condition looks at records whose values of that time are not known
   * @param run its newest run for the record
   */
  record Answer(
      AutomationJson.Named automation,
      int version,
      AutomationJson.TriggerSummary trigger,
      boolean paused,
      String why,
      @Nullable Event event,
      List<Setting> settings,
      @Nullable String message,
      @Nullable String pattern,
      List<Part> parts,
      Map<String, @Nullable Object> seen,
      boolean othersAsNow,
      @Nullable JsonNode reentry,
      @Nullable Run run) {}

  record Event(Instant at, String kind, String subject) {}

  record Setting(String key, String wanted, @Nullable String found) {}

  /** A criterion of the start condition; {@code holds} is null when the reader may not see what it looks at. */
  record Part(JsonNode criterion, @Nullable Boolean holds, Map<String, @Nullable Object> seen) {}

  record Run(
      long id,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String incident) {}
}
