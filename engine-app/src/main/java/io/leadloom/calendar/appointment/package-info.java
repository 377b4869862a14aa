/** Appointments with leads and contacts, and their entries in outside calendars. */
@NullMarked
package io.leadloom.calendar.appointment;

import org.jspecify.annotations.NullMarked;
