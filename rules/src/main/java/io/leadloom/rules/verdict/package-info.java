/** What rules conclude. */
@NullMarked
package io.leadloom.rules.verdict;

import org.jspecify.annotations.NullMarked;
