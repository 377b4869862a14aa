package io.leadloom.identity.tree;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who came under another superior.
 *
 * @param user who was moved
 * @param from the superior before; null for none, as for somebody new
 * @param to the superior since then; null for none
 * @param by who did it; null for Leadloom itself
 * @param byName the login of whoever did it, as it was then
 */
public record Move(
    long id,
    long user,
    @Nullable Long from,
    @Nullable Long to,
    @Nullable Long by,
    String byName,
    Instant at) {}
