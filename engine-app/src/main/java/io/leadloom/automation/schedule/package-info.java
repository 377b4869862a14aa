/** The triggers of time: reminders, date fields, schedules. They write journal events when their moment comes. */
@NullMarked
package io.leadloom.automation.schedule;

import org.jspecify.annotations.NullMarked;
