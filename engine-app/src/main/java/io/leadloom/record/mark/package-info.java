/** Tags and static lists: their own life beside the records that carry them. */
@NullMarked
package io.leadloom.record.mark;

import org.jspecify.annotations.NullMarked;
