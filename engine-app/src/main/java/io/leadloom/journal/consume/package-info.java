/** How events reach their consumers: nodes, claims, batches, parked events, retention. */
@NullMarked
package io.leadloom.journal.consume;

import org.jspecify.annotations.NullMarked;
