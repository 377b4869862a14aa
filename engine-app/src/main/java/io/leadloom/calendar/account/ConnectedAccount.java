package io.leadloom.calendar.account;

import io.leadloom.calendar.outside.CalendarProvider;
import java.time.Instant;

/**
 * An account of a user at a provider.
 *
 * @param name what the provider calls it: an address
 * @param working whether it can be used; otherwise its owner has to connect it again
 */
public record ConnectedAccount(
    long id,
    long userId,
    CalendarProvider provider,
    String name,
    boolean working,
    Instant connectedAt) {}
