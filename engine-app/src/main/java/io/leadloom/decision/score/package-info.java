/** The rules of the lead score. */
@NamedInterface("score")
@NullMarked
package io.leadloom.decision.score;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
