package io.leadloom.decision;

import io.leadloom.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the conditions of one automation version into Drools rules. */
public interface Conditions {

  /**
   * Compiles all conditions of a version together.
   *
   * @param name names the version in messages
   * @param conditions the conditions by the id of the flow (or {@code trigger}) that they guard
   * @param scope which sources exist where
   */
  Compilation compile(String name, List<Named> conditions, Scope scope, Schema schema);

  /**
   * A condition and where it stands.
   *
   * @param id the id of the sequence flow, or {@code trigger}
   * @param label what users call it, for messages and rule names
   * @param createdTasks the ids of cards before it on every path that create a task (AUT-035)
   * @param responses the ids of webhook cards before it
   * @param own what an event of its own supplies; null when it looks at what the trigger supplies
   */
  record Named(
      String id,
      String label,
      Condition condition,
      Set<String> createdTasks,
      Set<String> responses,
      @Nullable Scope own) {

    /** A condition that looks at what the trigger supplies. */
    public Named(
        String id,
        String label,
        Condition condition,
        Set<String> createdTasks,
        Set<String> responses) {
      this(id, label, condition, createdTasks, responses, null);
    }

    Scope scope(Scope ofTrigger) {
      return own == null ? ofTrigger : own;
    }
  }

  /**
   * What the trigger, or the event of a wait, supplies (AUT-034).
   *
   * @param triggeredActivity whether there is a triggering activity
   * @param activityType its type when the trigger fixes one
   * @param triggeredTask whether there is a triggering task
   * @param rawDrl whether the author may write DRL (administrators only)
   * @param opportunity whether the runs are about opportunities (AUT-027)
   */
  record Scope(
      boolean triggeredActivity,
      @Nullable String activityType,
      boolean triggeredTask,
      boolean rawDrl,
      boolean opportunity) {

    /** What events that are about no opportunity supply. */
    public Scope(
        boolean triggeredActivity,
        @Nullable String activityType,
        boolean triggeredTask,
        boolean rawDrl) {
      this(triggeredActivity, activityType, triggeredTask, rawDrl, false);
    }
  }

  /** The outcome of compiling. */
  sealed interface Compilation {

    record Compiled(CompiledConditions conditions) implements Compilation {}

    /** Why it cannot be used; never empty. */
    record Failed(List<Problem> problems) implements Compilation {}
  }

  /**
   * One thing wrong with a condition.
   *
   * @param id the id of the flow, or {@code trigger}
   * @param field the field or part that is wrong, for example {@code criteria[1].values}
   * @param value what stands there
   * @param expectation what was expected
   * @param line the line of an analyst's DRL, counted from 1; 0 otherwise
   */
  record Problem(String id, String field, @Nullable String value, String expectation, int line) {}

  /**
   * What must be at hand to evaluate.
   *
   * @param fields the field keys read, per source
   * @param activityTypes activity types whose history is read; empty when none is
   * @param activityDays how many days back the activity history is needed at most; 0 when none is, -1 for all
   */
  record Needs(
      Map<Criterion.Source, Set<String>> fields,
      boolean tags,
      boolean lists,
      Set<String> activityTypes,
      int activityDays) {}
}
