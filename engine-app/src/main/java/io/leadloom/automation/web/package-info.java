/** Automations and runs over HTTP. */
@NullMarked
package io.leadloom.automation.web;

import org.jspecify.annotations.NullMarked;
