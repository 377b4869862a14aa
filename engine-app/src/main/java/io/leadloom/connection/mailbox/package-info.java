/** The Mailbox: messages that were shown instead of sent. */
@NullMarked
package io.leadloom.connection.mailbox;

import org.jspecify.annotations.NullMarked;
