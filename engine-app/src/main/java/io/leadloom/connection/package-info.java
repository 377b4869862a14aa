/** The way out: deliveries, connector instances, webhooks; the only room that knows connectors and Camel. */
@org.springframework.modulith.ApplicationModule(
    allowedDependencies = {"platform", "identity", "schema", "record", "journal"})
@NullMarked
package io.leadloom.connection;

import org.jspecify.annotations.NullMarked;
