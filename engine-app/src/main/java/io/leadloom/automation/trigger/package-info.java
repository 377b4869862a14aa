/** What starts automations: triggers, their index, re-entry policies and the triggers of time. */
@NullMarked
package io.leadloom.automation.trigger;

import org.jspecify.annotations.NullMarked;
