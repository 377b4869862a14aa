/** Texts of the account that stand where their keys stand. */
@NullMarked
package io.leadloom.platform.value;

import org.jspecify.annotations.NullMarked;
