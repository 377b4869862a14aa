package io.leadloom.connection;

/**
 * Something has become of an account of a user at another provider that he has to know; published in the transaction in
 * which it became so.
 *
 * @param subject what it is, on one line
 * @param text what can be done about it
 * @param place where in the application that is done
 */
public record AccountNews(long userId, String subject, String text, String place) {}
