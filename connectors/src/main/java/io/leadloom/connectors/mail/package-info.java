/** Sends e-mail through any SMTP server. */
@NullMarked
package io.leadloom.connectors.mail;

import org.jspecify.annotations.NullMarked;
