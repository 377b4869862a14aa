/** Why automations started for a record, and why not. */
@NullMarked
package io.leadloom.automation.inspect;

import org.jspecify.annotations.NullMarked;
