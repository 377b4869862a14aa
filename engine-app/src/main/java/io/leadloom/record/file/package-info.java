/** Files that belong to records: what is known of them, and their bytes behind a seam of their own. */
@NullMarked
package io.leadloom.record.file;

import org.jspecify.annotations.NullMarked;
