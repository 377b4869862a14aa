/** What imports have done, as far as it is needed to take one back. */
@NullMarked
package io.leadloom.record.imports.undo;

import org.jspecify.annotations.NullMarked;
