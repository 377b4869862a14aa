/** Merging records that mean the same person or company, and taking it back. */
@NullMarked
package io.leadloom.record.merge;

import org.jspecify.annotations.NullMarked;
