/** Microsoft Graph's calendars. */
@NullMarked
package io.leadloom.simulators.microsoft;

import org.jspecify.annotations.NullMarked;
