/** How often something may be done. */
@NullMarked
package io.leadloom.platform.rate;

import org.jspecify.annotations.NullMarked;
