/** Work that is looked for again and again while the application runs. */
@NullMarked
package io.leadloom.platform.tick;

import org.jspecify.annotations.NullMarked;
