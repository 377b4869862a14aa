/** HTML that people write or that comes from outside, cleaned before anybody sees it. */
@NullMarked
package io.leadloom.platform.html;

import org.jspecify.annotations.NullMarked;
