/** What checks of files remember between chunks. */
@org.jspecify.annotations.NullMarked
package io.leadloom.record.imports.check;
