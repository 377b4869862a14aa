package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.EntityType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks for.
 *
 * @param name what it is called in the list of bulk actions (ENG-109)
 * @param ids the records; null when {@code filter} says which
 * @param filter which records; blank for all
 * @param hidden whether leads that the list page hides by their stage or status are among those that match
 * @param settings what exactly is to be done; each operation knows its own
 * @param scheduledAt when it begins; null for at once
 * @param batchSize how many records are done at a time; null for all
 * @param batchMinutes how long it pauses after each batch; only with {@code batchSize}
 */
public record BulkOrder(
    EntityType entity,
    String operation,
    @Nullable String name,
    @Nullable List<Long> ids,
    @Nullable String filter,
    boolean hidden,
    JsonNode settings,
    @Nullable Instant scheduledAt,
    @Nullable Integer batchSize,
    @Nullable Integer batchMinutes) {}
