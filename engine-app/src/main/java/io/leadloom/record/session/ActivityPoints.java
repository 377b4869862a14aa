package io.leadloom.record.session;

import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What activities mean for their leads: the last one, and the points of its type while it is there (LEAD-215). */
final class ActivityPoints {

  private final Schema schema;
  private final RecordChanges changes;
  private final Function<RecordRef, @Nullable Held> live;

  ActivityPoints(Schema schema, RecordChanges changes, Function<RecordRef, @Nullable Held> live) {
    this.schema = schema;
    this.changes = changes;
    this.live = live;
  }

  /** A posted activity is the lead's last one and adds its type's points to the score. */
  void posted(Record activity, Cause cause, Instant now) {
    Held lead = lead(activity);
    if (lead == null || !(activity.values().get("happenedAt") instanceof Instant at)) {
      return;
    }
    Values touched = Values.none();
    if (!(lead.now.values().get("lastActivityAt") instanceof Instant before)
        || before.isBefore(at)) {
      touched.with("lastActivityAt", at);
    }
    add(lead, points(activity), touched);
    changes.update(lead, touched, null, cause, now);
  }

  /** It belongs to another lead than before, or is gone, or is back. */
  void moved(Record before, Record after, Cause cause, Instant now) {
    Long from = before.trashedAt() == null ? before.values().number("lead") : null;
    Long to = after.trashedAt() == null ? after.values().number("lead") : null;
    if (!Objects.equals(from, to)) {
      give(from == null ? null : lead(before), -points(before), cause, now);
      give(to == null ? null : lead(after), points(after), cause, now);
    }
  }

  private void give(@Nullable Held lead, long points, Cause cause, Instant now) {
    Values touched = Values.none();
    if (lead != null && points != 0) {
      add(lead, points, touched);
      changes.update(lead, touched, null, cause, now);
    }
  }

  private static void add(Held lead, long points, Values touched) {
    if (points != 0) {
      long earned = LeadPoints.number(lead.now.values().get(LeadPoints.EARNED));
      touched.with(LeadPoints.EARNED, earned + points);
    }
  }

  private @Nullable Held lead(Record activity) {
    Long id = activity.values().number("lead");
    return id == null ? null : live.apply(RecordRef.lead(id));
  }

  private long points(Record activity) {
    return schema
        .activityType(String.valueOf(activity.activityType()))
        .map(ActivityType::score)
        .orElse(0);
  }
}
