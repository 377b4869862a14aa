/** Partner companies: accounts whose own people bring leads in. */
@NullMarked
package io.leadloom.record.partner;

import org.jspecify.annotations.NullMarked;
