/** A receiver of webhooks that checks what it gets and misbehaves on command. */
@NullMarked
package io.leadloom.simulators.webhook;

import org.jspecify.annotations.NullMarked;
