/** Parts of Leadloom that an administrator can switch off. */
@NullMarked
package io.leadloom.platform.feature;

import org.jspecify.annotations.NullMarked;
