/** Passwords: which ones do, and how they are kept. */
@NullMarked
package io.leadloom.identity.password;

import org.jspecify.annotations.NullMarked;
