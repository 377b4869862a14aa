/** What happened to a record: its history and timeline, also beyond the journal's retention. */
@NullMarked
package io.leadloom.record.history;

import org.jspecify.annotations.NullMarked;
