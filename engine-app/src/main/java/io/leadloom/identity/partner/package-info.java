/** Which users work for which partner company. */
@NullMarked
package io.leadloom.identity.partner;

import org.jspecify.annotations.NullMarked;
