/** Leadloom: records, engine, REST API and user interface in one process. */
@NullMarked
package io.leadloom;

import org.jspecify.annotations.NullMarked;
