package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import io.leadloom.record.match.FilterPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A list whose members are kept.
 *
 * @param predicate what it asks for; null when that cannot be compiled any more
 * @param problem why not
 */
record LiveList(
    long id, EntityType entity, @Nullable FilterPredicate predicate, @Nullable String problem) {}
