/** The score of leads: what earns points, why a lead has its score, and the pages that its visits are counted on. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "platform",
      "identity",
      "schema",
      "record",
      "record :: points",
      "journal",
      "decision",
      "decision :: score"
    })
@NullMarked
package io.leadloom.scoring;

import org.jspecify.annotations.NullMarked;
