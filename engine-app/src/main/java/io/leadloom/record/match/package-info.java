/** Filters as predicates over records in memory: the same answers as searches give, and when an answer will change. */
@NullMarked
package io.leadloom.record.match;

import org.jspecify.annotations.NullMarked;
