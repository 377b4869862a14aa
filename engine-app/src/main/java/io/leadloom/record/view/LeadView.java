package io.leadloom.record.view;

import org.jspecify.annotations.Nullable;

/**
 * A details view of leads that administrators made (PLT-025, PLT-030).
 *
 * @param version the base of optimistic locking
 */
public record LeadView(
    long id, String name, @Nullable String description, LeadLayout layout, int version) {}
