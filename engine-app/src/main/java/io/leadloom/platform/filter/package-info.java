/** The one filter grammar of searches, smart lists and conditions. */
@NullMarked
package io.leadloom.platform.filter;

import org.jspecify.annotations.NullMarked;
