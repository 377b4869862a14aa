package io.leadloom.record.calling.row;

import io.leadloom.record.calling.LeadList;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go and how.
 *
 * @param list the chosen list, whose process is locked until the transaction ends
 * @param columns of its process
 * @param region of numbers without a country code
 * @param upload the id of the upload; null for rows that come by hand
 * @param user whoever writes; null for the account itself
 */
public record Target(
    LeadList list,
    Columns columns,
    String region,
    RowCheck check,
    DuplicateMode mode,
    @Nullable Long upload,
    @Nullable Long user) {}
