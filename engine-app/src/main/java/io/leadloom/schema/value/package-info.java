/** Custom values: named texts of the account. */
@NullMarked
package io.leadloom.schema.value;

import org.jspecify.annotations.NullMarked;
