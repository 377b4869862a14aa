/** Searches: filters as SQL, stable paging. */
@NullMarked
package io.leadloom.record.search;

import org.jspecify.annotations.NullMarked;
