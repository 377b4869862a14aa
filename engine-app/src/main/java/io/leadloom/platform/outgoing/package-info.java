/** The way out to addresses that users type. */
@NullMarked
package io.leadloom.platform.outgoing;

import org.jspecify.annotations.NullMarked;
