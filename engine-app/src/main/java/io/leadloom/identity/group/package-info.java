/** Sales groups: named sets of users for lists and views. They give no rights. */
@NullMarked
package io.leadloom.identity.group;

import org.jspecify.annotations.NullMarked;
