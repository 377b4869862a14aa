/** Files of rows and columns, read row by row in bounded memory. */
@NullMarked
package io.leadloom.record.imports.file;

import org.jspecify.annotations.NullMarked;
