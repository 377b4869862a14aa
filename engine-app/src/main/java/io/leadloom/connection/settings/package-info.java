/** Settings of connectors and the secrets that sign webhooks. */
@NullMarked
package io.leadloom.connection.settings;

import org.jspecify.annotations.NullMarked;
