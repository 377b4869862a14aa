/** The records and their one write path: contact, account, lead, activity, task, note, tag, list. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "identity", "schema", "journal"})
@NullMarked
package io.leadloom.record;

import org.jspecify.annotations.NullMarked;
