package io.leadloom.calendar.choice;

import io.leadloom.calendar.outside.CalendarProvider;

/**
 * A calendar of a user at a provider.
 *
 * @param key what the provider calls it
 * @param writable whether appointments can be written to it
 * @param checked whether its busy times block (SET-045)
 * @param primary whether appointments are written to it
 */
public record OwnCalendar(
    long id,
    long accountId,
    CalendarProvider provider,
    String account,
    String key,
    String name,
    boolean writable,
    boolean checked,
    boolean primary) {}
