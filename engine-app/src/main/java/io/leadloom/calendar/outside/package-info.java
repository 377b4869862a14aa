/** What is asked of outside calendars and written into them. */
@NullMarked
package io.leadloom.calendar.outside;

import org.jspecify.annotations.NullMarked;
