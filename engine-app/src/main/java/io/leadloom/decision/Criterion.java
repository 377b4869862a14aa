package io.leadloom.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a structured condition.
 *
 * @param source whose field is looked at
 * @param card the id of the card that created the task or received the response, for those sources
 * @param activityType the key of the activity type, for the activity sources
 * @param field the key of the field; null for operators without a field
 * @param operator the comparison
 * @param values the values as text: numbers, ISO dates, option texts, tag names, list ids, {@code now}, {@code today}
 * @param within for {@code WITHIN_LAST}, {@code WITHIN_NEXT} and activity criteria: the period, counted from now
 * @param where for {@link Source#LEAD_ACTIVITY}: further conditions that the same activity must meet
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Criterion(
    Source source,
    @Nullable String card,
    @Nullable String activityType,
    @Nullable String field,
    Operator operator,
    List<String> values,
    @Nullable Within within,
    List<Criterion> where) {

  /** Where the value of a criterion comes from (AUT-024 to AUT-035). */
  public enum Source {
    LEAD,
    CONTACT,
    ACCOUNT,
    /** The opportunity that the run is about (AUT-027). */
    OPPORTUNITY,
    /** Only the activity that started the run (AUT-030). */
    TRIGGERED_ACTIVITY,
    /** Any matching activity of the lead or opportunity that the run is about, also before the run (AUT-031). */
    LEAD_ACTIVITY,
    TRIGGERED_TASK,
    /** The task that an earlier card of the run created (AUT-033). */
    CREATED_TASK,
    /** A field of the answer that an earlier webhook card received. */
    WEBHOOK_RESPONSE
  }

  /** A period counted from the time of evaluation. */
  public record Within(long amount, Operand.Unit unit) {}

  public Criterion {
    values = values == null ? List.of() : List.copyOf(values);
    where = where == null ? List.of() : List.copyOf(where);
  }

  /** A comparison of a lead's field. */
  public static Criterion lead(String field, Operator operator, String... values) {
    return new Criterion(
        Source.LEAD, null, null, field, operator, List.of(values), null, List.of());
  }
}
