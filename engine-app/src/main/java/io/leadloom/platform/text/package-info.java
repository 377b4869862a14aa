/** Texts: how far one is from another. */
@NullMarked
package io.leadloom.platform.text;

import org.jspecify.annotations.NullMarked;
