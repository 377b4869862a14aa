/** The audit trail over HTTP. */
@NullMarked
package io.leadloom.platform.audit.web;

import org.jspecify.annotations.NullMarked;
