/** Load programs that drive the built jar from outside, check every effect and print one JSON line per figure. */
@NullMarked
package io.leadloom.bench;

import org.jspecify.annotations.NullMarked;
