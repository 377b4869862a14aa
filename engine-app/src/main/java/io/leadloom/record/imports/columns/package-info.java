/** What the columns of files may mean: by their names, and by what people made of them before. */
@org.jspecify.annotations.NullMarked
package io.leadloom.record.imports.columns;
