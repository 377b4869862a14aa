package io.leadloom.record.handover;

import io.leadloom.platform.JobStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job that gives everything that one user owns to another.
 *
 * @param requestedBy the user who asked; null when a program without a user did
 * @param total how many records and lists there were when it was asked for
 * @param done how many have been given so far
 * @param leftOut how many could not be given; {@code problem} says why, for the first of them
 */
public record HandOver(
    long id,
    long fromUser,
    long toUser,
    JobStatus status,
    @Nullable Long requestedBy,
    Instant requestedAt,
    @Nullable Instant endedAt,
    long total,
    long done,
    long leftOut,
    @Nullable String problem) {}
