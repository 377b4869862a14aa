package io.leadloom.record;

import io.leadloom.platform.RecordRef;
import io.leadloom.schema.Values;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as read: all its field values in their Java types.
 *
 * @param ref which record it is
 * @param version rises by one with every change; the base of optimistic locking
 * @param activityType the key of the activity type; null for other entities
 * @param values system and custom values by field key; empty values are absent
 * @param trashedAt when it went to the trash; null while live
 */
public record Record(
    RecordRef ref,
    int version,
    @Nullable String activityType,
    Values values,
    @Nullable Instant trashedAt) {}
