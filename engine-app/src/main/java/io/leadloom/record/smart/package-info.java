/** Smart lists: named filters with their sharing, and the upkeep of who is in the live ones. */
@NullMarked
package io.leadloom.record.smart;

import org.jspecify.annotations.NullMarked;
