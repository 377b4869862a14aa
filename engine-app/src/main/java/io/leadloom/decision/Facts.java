package io.leadloom.decision;

import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the conditions of one run can look at. Called only for what {@link Conditions.Needs} names. */
public interface Facts {

  /**
   * The values of a record.
   *
   * @param card the card for {@code CREATED_TASK} and {@code WEBHOOK_RESPONSE}
   * @return null when there is no such record, so that all its fields are empty
   */
  @Nullable Values values(Criterion.Source source, @Nullable String card);

  /** Folded names of the lead's tags. */
  Set<String> tags();

  /** Ids of the static lists the lead is on. */
  Set<Long> lists();

  /** The lead's activities of the needed types and days. */
  List<PastActivity> activities();

  /** The fields that changed in the triggering event, before and after; null when it is no longer about the event. */
  @Nullable Change change(String field);

  /**
   * The change of a field of the record that the source stands for; null when the event is not about that record. The
   * default takes the event to be about the record of every source that is asked for.
   */
  default @Nullable Change change(Criterion.Source source, String field) {
    return change(field);
  }

  /** One activity of the lead. */
  record PastActivity(String type, Instant at, Values values) {}

  /** A change of a field in the triggering event, values in the field's Java type. */
  record Change(@Nullable Object before, @Nullable Object after) {}
}
