/** Erasing records for good. */
@NullMarked
package io.leadloom.record.erase;

import org.jspecify.annotations.NullMarked;
