/** The only door to the providers: what goes out, what comes in, and what can go wrong. */
@NullMarked
package io.leadloom.connectors.api;

import org.jspecify.annotations.NullMarked;
