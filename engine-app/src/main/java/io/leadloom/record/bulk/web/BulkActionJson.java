package io.leadloom.record.bulk.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.record.bulk.BulkAction;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action as it is shown (ENG-114, ENG-118, ENG-122).
 *
 * @param mode {@code at-once}, {@code scheduled} or {@code batches} (ENG-119)
 * @param ratePerSecond records per second since it started
 * @param secondsLeft how long it will take yet at the pace so far; null when that is not known or it has ended
 * @param undoable whether it can be taken back now
 * @param withheld whether settings or filter name fields that are hidden from the reader, and are left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BulkActionJson(
    long id,
    String entity,
    String operation,
    String name,
    String status,
    JsonNode settings,
    @Nullable String filter,
    @Nullable Long undoOf,
    String mode,
    @Nullable Instant scheduledAt,
    @Nullable Integer batchSize,
    @Nullable Integer batchMinutes,
    @Nullable Instant nextAt,
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long total,
    long handled,
    long succeeded,
    long changed,
    long failed,
    long ratePerSecond,
    @Nullable Long secondsLeft,
    @Nullable String problem,
    boolean undoable,
    boolean withheld) {

  static BulkActionJson of(BulkAction job, boolean undoable, boolean withheld, Instant now) {
    Instant started = job.startedAt();
    Instant until = job.endedAt() == null ? now : job.endedAt();
    double seconds =
        started == null ? 0 : Math.max(0.001, Duration.between(started, until).toMillis() / 1000.0);
    boolean running = job.status() == BulkAction.Status.IN_PROGRESS;
    boolean waits = !job.status().ended() && job.notBefore().isAfter(now);
    Long left =
        running && !waits && job.batchSize() == null && job.handled() > 0
            ? Math.round(seconds * (job.total() - job.handled()) / job.handled())
            : null;
    return new BulkActionJson(
        job.id(),
        job.entity().path(),
        job.operation(),
        job.name(),
        job.status().key(),
        job.settings(),
        job.filter(),
        job.undoOf(),
        job.batchSize() != null ? "batches" : job.scheduledAt() != null ? "scheduled" : "at-once",
        job.scheduledAt(),
        job.batchSize(),
        job.batchMinutes(),
        waits ? job.notBefore() : null,
        job.createdAt(),
        job.createdBy(),
        started,
        job.endedAt(),
        job.total(),
        job.handled(),
        job.succeeded(),
        job.changed(),
        job.failed(),
        seconds == 0 ? 0 : Math.round(job.handled() / seconds),
        left,
        job.problem(),
        undoable,
        withheld);
  }
}
