/** The switches that hold for the whole account. */
@NullMarked
package io.leadloom.platform.general;

import org.jspecify.annotations.NullMarked;
