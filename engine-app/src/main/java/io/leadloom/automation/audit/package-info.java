/** What the audit trail says about automations. */
@NullMarked
package io.leadloom.automation.audit;

import org.jspecify.annotations.NullMarked;
