/** Deliveries, the Mailbox and settings over HTTP. */
@NullMarked
package io.leadloom.connection.web;

import org.jspecify.annotations.NullMarked;
