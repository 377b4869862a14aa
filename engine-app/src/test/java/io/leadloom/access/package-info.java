/** Who may do what, seen from outside. */
@NullMarked
package io.leadloom.access;

import org.jspecify.annotations.NullMarked;
