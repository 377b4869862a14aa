package io.leadloom.record;

import org.jspecify.annotations.Nullable;

/**
 * A job over records has ended; published in the transaction that ends it, so that whoever ordered it is told.
 *
 * @param userId who ordered it; null when a program did
 * @param subject what has ended, on one line
 * @param text what came of it
 * @param place where in the application it is shown, for example {@code /jobs/17}
 */
public record JobEnded(@Nullable Long userId, String subject, String text, String place) {}
