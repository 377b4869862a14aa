/** What checks of files remember between chunks. */
@NullMarked
package io.leadloom.record.imports.check;

import org.jspecify.annotations.NullMarked;
