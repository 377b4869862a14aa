/** Appointments, the outside calendars that people connect, and when somebody is free. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "journal", "identity", "schema", "record", "connection"})
@NullMarked
package io.leadloom.calendar;

import org.jspecify.annotations.NullMarked;
