/** Automations as designers make them: drafts, checks, immutable versions and the compiled form that runs. */
@NullMarked
package io.leadloom.automation.definition;

import org.jspecify.annotations.NullMarked;
