/** The ordered log of what happened to records, and its consumers. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package io.leadloom.journal;

import org.jspecify.annotations.NullMarked;
