/** Who administered what: an append-only trail that shows whether it was tampered with. */
@NullMarked
package io.leadloom.platform.audit;

import org.jspecify.annotations.NullMarked;
