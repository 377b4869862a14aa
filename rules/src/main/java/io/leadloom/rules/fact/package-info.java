/** What rules read. */
@NullMarked
package io.leadloom.rules.fact;

import org.jspecify.annotations.NullMarked;
