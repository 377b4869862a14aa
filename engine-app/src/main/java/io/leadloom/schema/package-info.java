/** What records look like: entity types, fields, stages, activity types, task types. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package io.leadloom.schema;

import org.jspecify.annotations.NullMarked;
