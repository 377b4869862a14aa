package io.leadloom.calendar.choice;

/**
 * The calendars of a user were looked up, and there is one that appointments are written to; published in the transaction
 * that keeps them and has the lock of the user.
 */
public record CalendarsFound(long userId) {}
