/** Opportunities that are shared with users for a time, and what is known of those shares. */
@NamedInterface("share")
@NullMarked
package io.leadloom.record.share;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
