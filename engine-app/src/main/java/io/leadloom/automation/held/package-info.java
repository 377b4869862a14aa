/** Starts of automations that wait for their turn, because an import is to start only so many a minute. */
@NullMarked
package io.leadloom.automation.held;

import org.jspecify.annotations.NullMarked;
