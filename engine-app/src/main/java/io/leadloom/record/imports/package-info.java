/** Imports: files of records, written in chunks by a job that survives restarts. */
@NullMarked
package io.leadloom.record.imports;

import org.jspecify.annotations.NullMarked;
