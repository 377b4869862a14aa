package io.leadloom.automation.cancel;

import io.leadloom.platform.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that cancels the runs of a version that had started when it was asked for.
 *
 * @param number the number of the version
 * @param requestedBy the name of whoever asked
 * @param total how many runs there were to cancel; null until they have been counted
 * @param cancelled how many have been cancelled so far; may end below the total, because runs also end by themselves
 * @param failed how many could not be cancelled; the log says why
 */
public record Cancellation(
    long id,
    long automationId,
    long versionId,
    int number,
    JobStatus status,
    String requestedBy,
    Instant requestedAt,
    @Nullable Instant endedAt,
    @Nullable Long total,
    long cancelled,
    long failed) {}
