package io.leadloom.record.calling.upload;

import io.leadloom.record.calling.row.DuplicateMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An upload into a lead list as it stands. Each row that was handled was created, updated, migrated, skipped or failed
 * (LEAD-053).
 *
 * @param problem why it failed as a whole; null when it did not
 * @param position the number of the last row that was handled
 */
public record ListUpload(
    long id,
    long list,
    String fileName,
    long totalBytes,
    Status status,
    DuplicateMode mode,
    UploadPlan plan,
    @Nullable String problem,
    long position,
    Counts counts,
    long bytes,
    Instant createdAt,
    @Nullable Long createdBy,
    @Nullable Instant endedAt) {

  /** What an upload is doing. */
  public enum Status {
    /** The file is there; somebody has yet to map its headers. */
    PREPARED,
    RUNNING,
    DONE,
    CANCELLED,
    FAILED;

    public boolean open() {
      return this == PREPARED || this == RUNNING;
    }
  }

  /** What became of rows. */
  public record Counts(long created, long updated, long migrated, long skipped, long failed) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    long rows() {
      return created + updated + migrated + skipped + failed;
    }
  }
}
