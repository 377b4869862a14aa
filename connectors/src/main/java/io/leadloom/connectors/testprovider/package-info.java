/** The built-in provider that sends nothing: mails, SMS and WhatsApp messages are shown in the Mailbox. */
@NullMarked
package io.leadloom.connectors.testprovider;

import org.jspecify.annotations.NullMarked;
