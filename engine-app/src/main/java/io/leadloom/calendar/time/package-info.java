/** When somebody is free. */
@NullMarked
package io.leadloom.calendar.time;

import org.jspecify.annotations.NullMarked;
