/** The records and their one write path: contact, account, lead, opportunity, activity, task, note, tag, list. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "identity", "schema", "schema :: deal", "journal"})
@NullMarked
package io.leadloom.record;

import org.jspecify.annotations.NullMarked;
