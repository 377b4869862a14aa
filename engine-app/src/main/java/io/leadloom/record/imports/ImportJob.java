package io.leadloom.record.imports;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import as it stands. Of the rows that were handled, each was created, updated, unchanged, skipped or refused; before
 * it is started, these are the figures of its check.
 *
 * @param duplicates what becomes of rows whose record is there already
 * @param problem why it failed; null when it did not
 * @param position the number of the last row that was handled, as a spreadsheet shows it
 * @param counted how many rows the file has, as far as they have been counted
 * @param allCounted whether they all have been
 * @param startedAt when a node first took it up; null while it waits for one
 * @param traced whether it is known what it did to each record, so that it can be taken back
 * @param undoId the bulk action that takes it back, or did; null for none
 */
public record ImportJob(
    long id,
    EntityType entity,
    @Nullable String activityType,
    @Nullable String match,
    Duplicates duplicates,
    String fileName,
    Status status,
    ImportPlan plan,
    @Nullable String problem,
    long position,
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
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    boolean traced,
    @Nullable Long undoId) {

  /** Whether it can still be started, or read and mapped in another way. */
  boolean waits() {
    return status == Status.PREPARED || status == Status.CHECKING || status == Status.CHECKED;
  }

  /** The rights that it runs with: what no user imports, a program does with the key of the account. */
  Rights rights(Access access) {
    return createdBy == null ? Rights.account() : access.of(createdBy);
  }

  /** What its changes are put down to. */
  Cause cause() {
    return Cause.importJob(createdBy, id).starting(plan.starts().mark());
  }

  /** What an import is doing. */
  public enum Status {
    /** The file is there; somebody has yet to say what its columns are. */
    PREPARED,
    /** Its rows are looked at; nothing is written. */
    CHECKING,
    /** It is known what its rows would do; nothing is written yet. */
    CHECKED,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }
}
