package io.leadloom.record.mark;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tag.
 *
 * @param deletedAt when it was deleted; null for one that is not
 * @param deletedBy the name of the user who deleted it; null for a program or somebody who is no user any more
 * @param restorableUntil until when it can be restored with its records
 */
public record Tag(
    long id,
    String name,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt,
    @Nullable String deletedBy,
    @Nullable Instant restorableUntil) {}
