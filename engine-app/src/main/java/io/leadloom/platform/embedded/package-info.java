/** What the embedded database H2 does in our way. */
@NullMarked
package io.leadloom.platform.embedded;

import org.jspecify.annotations.NullMarked;
