/** How events are stored: partitions, sequences, rows. */
@NullMarked
package io.leadloom.journal.log;

import org.jspecify.annotations.NullMarked;
