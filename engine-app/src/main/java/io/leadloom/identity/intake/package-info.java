/** Users from a file: what it says, what is wrong with it, and taking it in. */
@NullMarked
package io.leadloom.identity.intake;

import org.jspecify.annotations.NullMarked;
