/** Automations: definitions, triggers, runs, cards and their history. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {
      "platform",
      "identity",
      "schema",
      "record",
      "record :: share",
      "journal",
      "decision",
      "process",
      "connection"
    })
@NullMarked
package io.leadloom.automation;

import org.jspecify.annotations.NullMarked;
