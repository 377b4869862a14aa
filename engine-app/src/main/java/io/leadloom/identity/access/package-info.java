/** Who may do what: permission templates of roles and users, exceptions, and the rights that follow from them. */
@NamedInterface("access")
@NullMarked
package io.leadloom.identity.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
