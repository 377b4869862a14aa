package io.leadloom.record.imports.web;

import io.leadloom.record.imports.ImportJob;
import io.leadloom.record.imports.ImportPlan.Column;
import io.leadloom.record.imports.ImportPlan.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An import as it is shown.
 *
 * @param duplicates update or skip: what becomes of rows whose record is there already
 * @param rows how many rows were handled; each was created, updated, unchanged, skipped or refused; before it is started
 *     these are the figures of the check
 * @param counted how many rows the file has, as far as they have been counted
 * @param ratePerSecond rows per second since it started
 * @param secondsLeft how long it will take yet at the pace so far; null when that is not known or it has ended
 * @param columns what becomes of the columns of the file; those without a field are ignored
 * @param samples until it is started: what the first rows show of each column
 * @param remembered whether the columns are as its user last had them for the same header
 * @param undoable whether it can be taken back now; said of one import, not in lists
 * @param undoId the bulk action that takes it back, or did
 * @param startAutomations yes, no or throttled
 * @param unreachable whether leads are taken that name no way of reaching the person
 * @param starts how it stands with automations that start so many a minute; said of one import, not in lists
 */
record ImportAnswer(
    long id,
    String entity,
    @Nullable String activityType,
    @Nullable String match,
    String duplicates,
    String name,
    String status,
    @Nullable String problem,
    long rows,
    long created,
    long updated,
    long unchanged,
    long skipped,
    long refused,
    long counted,
    boolean allCounted,
    long bytes,
    long totalBytes,
    long ratePerSecond,
    @Nullable Long secondsLeft,
    @Nullable String encoding,
    @Nullable String delimiter,
    List<Column> columns,
    List<Sample> samples,
    boolean remembered,
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    boolean undoable,
    @Nullable Long undoId,
    String startAutomations,
    boolean unreachable,
    @Nullable StartsAnswer starts) {

  static ImportAnswer of(ImportJob job, Instant now) {
    return of(job, now, false, null);
  }

  static ImportAnswer of(
      ImportJob job, Instant now, boolean undoable, @Nullable StartsAnswer starts) {
    Instant started = job.startedAt();
    Instant until = job.endedAt() == null ? now : job.endedAt();
    double seconds =
        started == null ? 0 : Math.max(0.001, Duration.between(started, until).toMillis() / 1000.0);
    boolean running =
        job.status() == ImportJob.Status.RUNNING || job.status() == ImportJob.Status.CHECKING;
    Long left =
        running && job.bytes() > 0 && seconds > 0
            ? Math.round(seconds * (job.totalBytes() - job.bytes()) / job.bytes())
            : null;
    return new ImportAnswer(
        job.id(),
        job.entity().key(),
        job.activityType(),
        job.match(),
        job.duplicates().key(),
        job.fileName(),
        job.status().name().toLowerCase(Locale.ROOT),
        job.problem(),
        job.rows(),
        job.created(),
        job.updated(),
        job.unchanged(),
        job.skipped(),
        job.refused(),
        job.counted(),
        job.allCounted(),
        job.bytes(),
        job.totalBytes(),
        seconds == 0 ? 0 : Math.round(job.rows() / seconds),
        left,
        job.plan().encoding(),
        job.plan().delimiter(),
        job.plan().columns(),
        job.plan().samples(),
        job.plan().remembered(),
        job.createdAt(),
        job.createdBy(),
        job.startedAt(),
        job.endedAt(),
        undoable,
        job.undoId(),
        job.plan().starts().mode().key(),
        job.plan().unreachable(),
        starts);
  }
}
