/** How records lie in the database: tables, slots, documents, unique values. */
@NullMarked
package io.leadloom.record.store;

import org.jspecify.annotations.NullMarked;
