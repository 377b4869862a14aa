/** The tags that automations name. */
@NullMarked
package io.leadloom.automation.tag;

import org.jspecify.annotations.NullMarked;
