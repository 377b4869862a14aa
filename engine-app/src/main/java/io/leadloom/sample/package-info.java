/** A believable company to look at, loaded at the first start. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "identity", "schema", "record"})
@NullMarked
package io.leadloom.sample;

import org.jspecify.annotations.NullMarked;
