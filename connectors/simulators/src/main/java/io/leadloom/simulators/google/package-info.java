/** Google Calendar, version 3. */
@NullMarked
package io.leadloom.simulators.google;

import org.jspecify.annotations.NullMarked;
