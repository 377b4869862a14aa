/** What automations add to bulk actions: starting one, and sending what its cards send. */
@NullMarked
package io.leadloom.automation.bulk;

import org.jspecify.annotations.NullMarked;
