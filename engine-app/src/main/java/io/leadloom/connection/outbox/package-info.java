/** The outbox and the sender that empties it. */
@NullMarked
package io.leadloom.connection.outbox;

import org.jspecify.annotations.NullMarked;
