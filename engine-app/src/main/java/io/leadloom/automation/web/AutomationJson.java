package io.leadloom.automation.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.review.Warning;
import io.leadloom.automation.run.RunHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What automations and runs look like over HTTP. */
final class AutomationJson {

  private AutomationJson() {}

  /** How many runs there were and where they stand. */
  record Figures(long started, long running, long waiting, long done, long failed) {

    static Figures of(RunHistory.@Nullable Figures figures) {
      return figures == null
          ? new Figures(0, 0, 0, 0, 0)
          : new Figures(
              figures.entered(),
              Math.max(0, figures.waiting() + figures.failed()),
              Math.max(0, figures.waiting()),
              figures.done(),
              Math.max(0, figures.failed()));
    }
  }

  record TriggerSummary(@Nullable String type, @Nullable String summary) {}

  /** An automation in the list; {@code incident} says why Leadloom paused it. */
  record Listed(
      long id,
      String key,
      String name,
      @Nullable String description,
      String state,
      TriggerSummary trigger,
      @Nullable Integer publishedVersion,
      boolean draftChanged,
      Figures figures,
      @Nullable String incident,
      Instant updatedAt) {}

  /** An automation with its draft; {@code version} is the base of optimistic locking. */
  record Shown(@JsonUnwrapped Listed listed, int version, String draft) {}

  /** A published version; document and rules only when one is asked for. */
  record Version(
      int number,
      @Nullable Long author,
      @Nullable String authorName,
      Instant publishedAt,
      String engineVersion,
      boolean live,
      @Nullable String bpmn,
      @Nullable String drl) {}

  record Create(@Nullable String template, @Nullable String name, @Nullable String bpmn) {}

  record Draft(
      int version, @Nullable String bpmn, @Nullable String name, @Nullable String description) {}

  /**
   * What is checked, and how much is said of it.
   *
   * @param bpmn a document that is not saved; missing for the draft
   * @param warnings whether also what does not keep it from being published is looked for
   */
  record Validate(@Nullable String bpmn, @Nullable Boolean warnings) {}

  /**
   * What is to be said of a draft.
   *
   * @param warnings empty when they were not asked for
   */
  record Problems(List<Problem> problems, List<Warned> warnings) {}

  /** A {@link Warning} with its kind as the API writes it: {@code loop}, {@code longWait} or {@code unaskedMail}. */
  record Warned(String kind, @Nullable String element, @Nullable String name, String text) {
    static Warned of(Warning warning) {
      String kind =
          switch (warning.kind()) {
            case LOOP -> "loop";
            case LONG_WAIT -> "longWait";
            case UNASKED_MAIL -> "unaskedMail";
          };
      return new Warned(kind, warning.element(), warning.name(), warning.text());
    }
  }

  record Start(@Nullable String ref) {}

  record Mend(@JsonProperty("wait") @Nullable String waitId) {}

  record CardFigures(String card, long entered, long waiting, long done, long failed) {}

  record Items<T>(List<T> items) {}

  record Template(
      String key,
      String name,
      @Nullable String description,
      @Nullable String trigger,
      String bpmn) {}

  record Named(long id, String name) {}

  /** A run in a list. */
  record RunListed(
      long id,
      Named automation,
      int version,
      String ref,
      @Nullable String recordName,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String incident) {}

  record RunStep(
      String card,
      String name,
      int visit,
      Instant at,
      @Nullable Instant leftAt,
      String result,
      @Nullable String message,
      Map<String, JsonNode> seen,
      @Nullable String rule,
      @Nullable String branch) {}

  record RunWait(
      String id,
      String card,
      String kind,
      @Nullable Instant due,
      @Nullable String event,
      @Nullable String message) {}

  /** A run with its diagram and history. */
  record RunShown(
      long id,
      Named automation,
      int version,
      String ref,
      @Nullable String recordName,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      JsonNode cause,
      String bpmn,
      List<RunStep> steps,
      List<RunWait> waits,
      @Nullable String incident) {}
}
