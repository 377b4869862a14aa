/** Cards that send: to people, to outside addresses, to other automations. */
@NullMarked
package io.leadloom.automation.card.send;

import org.jspecify.annotations.NullMarked;
