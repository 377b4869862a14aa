/** The index of each node that searches of leads, contacts and accounts ask; it follows the journal. */
@NullMarked
package io.leadloom.record.index;

import org.jspecify.annotations.NullMarked;
