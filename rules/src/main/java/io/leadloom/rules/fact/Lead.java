package io.leadloom.rules.fact;

import org.jspecify.annotations.Nullable;

/**
 * A lead as rules see it. Every component is filled from the lead's field of the same key; one that the account does not
 * have, or that is empty, is null. A further component needs nothing but its name here.
 *
 * @param id tells the leads of one evaluation apart
 * @param score the points of the lead (LEAD-149)
 * @param product the product the lead asks for, where the account keeps such a field
 */
public record Lead(
    long id,
    @Nullable String city,
    @Nullable String state,
    @Nullable String country,
    @Nullable String source,
    @Nullable String origin,
    @Nullable String stage,
    @Nullable String status,
    @Nullable String rating,
    @Nullable Long score,
    @Nullable String company,
    @Nullable String jobTitle,
    @Nullable String email,
    @Nullable String phone,
    @Nullable String product) {}
