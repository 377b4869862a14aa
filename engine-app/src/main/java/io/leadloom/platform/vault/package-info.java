/** Keeps secrets unreadable in the database. */
@NullMarked
package io.leadloom.platform.vault;

import org.jspecify.annotations.NullMarked;
