/** Slows down guessing at the sign-in, on all nodes together. */
@NullMarked
package io.leadloom.identity.signin;

import org.jspecify.annotations.NullMarked;
