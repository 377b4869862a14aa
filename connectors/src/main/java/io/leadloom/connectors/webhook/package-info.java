/** Posts JSON documents to the addresses that automations name, signed and kept away from private networks. */
@NullMarked
package io.leadloom.connectors.webhook;

import org.jspecify.annotations.NullMarked;
