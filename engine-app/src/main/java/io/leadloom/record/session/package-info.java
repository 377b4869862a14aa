/** The unit of work that carries out record commands. */
@NullMarked
package io.leadloom.record.session;

import org.jspecify.annotations.NullMarked;
