package io.leadloom.connection.outbox;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this node has the lease of.
 *
 * @param attempts the number of this attempt, from 1; it also tells this lease from an earlier one
 * @param claimedAt when the lease began
 * @param claimedNanos the same as {@link System#nanoTime()}, which never goes back
 */
record Claimed(
    long id,
    String key,
    Channel channel,
    String lane,
    RecordRef root,
    String to,
    String body,
    Map<String, String> headers,
    @Nullable String secret,
    int attempts,
    int maxAttempts,
    Cause cause,
    Instant claimedAt,
    long claimedNanos) {}
