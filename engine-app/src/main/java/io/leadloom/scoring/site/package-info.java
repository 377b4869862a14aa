/** Websites whose pages carry a tracking code, the browsers that visit them, and whose they are. */
@NullMarked
package io.leadloom.scoring.site;

import org.jspecify.annotations.NullMarked;
