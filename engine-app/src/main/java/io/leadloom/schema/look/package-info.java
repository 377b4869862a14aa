/** How administrators have the fields of records look: order, names, hints, and which are disabled. */
@NullMarked
package io.leadloom.schema.look;

import org.jspecify.annotations.NullMarked;
