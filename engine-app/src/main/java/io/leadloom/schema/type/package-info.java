/** Activity types, task types, the choices of the classifying fields, and how leads are worked with. */
@NullMarked
package io.leadloom.schema.type;

import org.jspecify.annotations.NullMarked;
