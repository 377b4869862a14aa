/** Integrations by which leads come in from outside, each with the source that its leads carry (LEAD-128). */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "identity", "schema", "record", "record :: columns"})
@NullMarked
package io.leadloom.source;

import org.jspecify.annotations.NullMarked;
