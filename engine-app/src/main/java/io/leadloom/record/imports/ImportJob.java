package io.leadloom.record.imports;

import io.leadloom.platform.EntityType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import as it stands. Of the rows that were handled, each was created, updated, unchanged or refused.
 *
 * @param problem why it failed; null when it did not
 * @param position the number of the last row that was handled, as a spreadsheet shows it
 * @param startedAt when a node first took it up; null while it waits for one
 */
public record ImportJob(
    long id,
    EntityType entity,
    @Nullable String activityType,
    @Nullable String match,
    String fileName,
    Status status,
    ImportPlan plan,
    @Nullable String problem,
    long position,
    long rows,
    long created,
    long updated,
    long unchanged,
    long refused,
    long bytes,
    long totalBytes,
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {

  /** What an import is doing. */
  public enum Status {
    /** The file is there; somebody has yet to say what its columns are. */
    PREPARED,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED
  }
}
