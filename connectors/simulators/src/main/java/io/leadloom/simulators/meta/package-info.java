/** The part of Meta's Graph API that gives out the leads of lead ads, on its real paths. */
@NullMarked
package io.leadloom.simulators.meta;

import org.jspecify.annotations.NullMarked;
