/** Bulk actions: one thing done to many records, as a job that survives restarts and can be taken back. */
@NullMarked
package io.leadloom.record.bulk;

import org.jspecify.annotations.NullMarked;
