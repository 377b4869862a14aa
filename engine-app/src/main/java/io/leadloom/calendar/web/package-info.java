/** Calendars and appointments over HTTP. */
@NullMarked
package io.leadloom.calendar.web;

import org.jspecify.annotations.NullMarked;
