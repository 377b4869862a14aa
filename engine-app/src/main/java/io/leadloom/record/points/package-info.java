/** What leads have earned and were given, from the rows that say so. */
@NamedInterface("points")
@NullMarked
package io.leadloom.record.points;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
