/** What the columns of files may mean: by their names, and by what people made of them before. */
@NamedInterface("columns")
@NullMarked
package io.leadloom.record.imports.columns;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
