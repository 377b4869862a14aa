/** Messages that people send to leads and contacts, by the same cards that automations use. */
@NullMarked
package io.leadloom.automation.message;

import org.jspecify.annotations.NullMarked;
