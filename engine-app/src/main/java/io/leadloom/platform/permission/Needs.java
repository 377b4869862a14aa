package io.leadloom.platform.permission;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that a call needs: one action of a section, or to be an administrator. It is refused with 403 before
 * its body is read. Whose records it may be about is
 * asked where they are read and written. Calls without it are open to everybody who is signed in.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

  /** The section; none for that of the path's {@code entity}. */
  Section[] section() default {};

  Action[] value() default {};

  /** Whether no permission is enough: only administrators get past the door, whatever is given to others. */
  boolean administrator() default false;
}
