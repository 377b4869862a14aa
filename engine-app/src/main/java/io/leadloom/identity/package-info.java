/** Who works here: users, roles, teams, the reporting hierarchy, sign-in. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform"})
@NullMarked
package io.leadloom.identity;

import org.jspecify.annotations.NullMarked;
