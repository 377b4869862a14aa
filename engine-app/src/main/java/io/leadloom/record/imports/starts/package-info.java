/** Whether the rows of an import start automations, and how fast. */
@NullMarked
package io.leadloom.record.imports.starts;

import org.jspecify.annotations.NullMarked;
