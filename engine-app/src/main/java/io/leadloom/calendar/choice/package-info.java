/** Which calendars of a user are looked at, and which one appointments are written to. */
@NullMarked
package io.leadloom.calendar.choice;

import org.jspecify.annotations.NullMarked;
