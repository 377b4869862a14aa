package io.leadloom.record.smart;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How far the upkeep of a live list is.
 *
 * @param state {@code filling}, {@code ready} or {@code broken}
 * @param members how many records are in it; null when the reader may not know
 * @param done how many records have been looked at since filling began
 * @param total how many there were to look at
 * @param problem why it cannot be kept up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Upkeep(
    String state, @Nullable Long members, long done, long total, @Nullable String problem) {}
