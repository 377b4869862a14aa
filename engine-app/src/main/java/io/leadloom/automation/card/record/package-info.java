/** Cards that change records. */
@NullMarked
package io.leadloom.automation.card.record;

import org.jspecify.annotations.NullMarked;
