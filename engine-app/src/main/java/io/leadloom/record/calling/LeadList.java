package io.leadloom.record.calling;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container of leads in exactly one process (LEAD-008).
 *
 * @param process the id of the process, which never changes (LEAD-019)
 * @param timeZone an IANA name
 * @param owner the id of a user; one who was active in the process when the list was given to him
 * @param enabled whether campaigns are offered its leads (LEAD-026)
 * @param campaigns how many campaigns it is assigned to
 * @param leads how many leads it has
 * @param version the base of optimistic locking
 */
public record LeadList(
    long id,
    long process,
    String name,
    String timeZone,
    long owner,
    @Nullable String description,
    boolean enabled,
    int campaigns,
    long leads,
    Instant createdAt,
    int version) {}
