/** What imports have done, as far as it is needed to take one back. */
@org.jspecify.annotations.NullMarked
package io.leadloom.record.imports.undo;
