/** Several nodes on one database: what they share, and what becomes of it when one of them dies. */
@NullMarked
package io.leadloom.nodes;

import org.jspecify.annotations.NullMarked;
