/** What the audit trail says about changes of the schema. */
@NullMarked
package io.leadloom.schema.audit;

import org.jspecify.annotations.NullMarked;
