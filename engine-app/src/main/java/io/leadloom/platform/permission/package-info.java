/** The words of permissions and the door to what somebody may do; the answers are given by the room identity. */
@NullMarked
package io.leadloom.platform.permission;

import org.jspecify.annotations.NullMarked;
