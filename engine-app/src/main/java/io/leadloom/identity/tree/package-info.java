/** Moves in the reporting hierarchy: their history, and what a move would change. */
@NullMarked
package io.leadloom.identity.tree;

import org.jspecify.annotations.NullMarked;
