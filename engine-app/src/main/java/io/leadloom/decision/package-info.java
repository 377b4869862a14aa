/** Conditions and rules: the only room that knows Drools. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform", "schema"})
@NullMarked
package io.leadloom.decision;

import org.jspecify.annotations.NullMarked;
