/** The second step of the sign-in. */
@NullMarked
package io.leadloom.identity.factor;

import org.jspecify.annotations.NullMarked;
