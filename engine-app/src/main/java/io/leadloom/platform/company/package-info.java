/** The account itself: what it is called, where it is and which clock it goes by. */
@NullMarked
package io.leadloom.platform.company;

import org.jspecify.annotations.NullMarked;
