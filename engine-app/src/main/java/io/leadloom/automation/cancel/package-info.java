/** Cancelling all runs of a version: a job in the background that survives restarts. */
@NullMarked
package io.leadloom.automation.cancel;

import org.jspecify.annotations.NullMarked;
