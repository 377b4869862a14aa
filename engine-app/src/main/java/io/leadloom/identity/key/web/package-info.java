/** API keys over HTTP. */
@NullMarked
package io.leadloom.identity.key.web;

import org.jspecify.annotations.NullMarked;
