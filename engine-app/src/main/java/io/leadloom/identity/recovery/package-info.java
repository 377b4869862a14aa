/** Links by mail that set a password once. */
@NullMarked
package io.leadloom.identity.recovery;

import org.jspecify.annotations.NullMarked;
