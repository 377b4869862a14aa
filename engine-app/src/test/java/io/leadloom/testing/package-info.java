/** What tests of several rooms share: a database for each context, a clock that can be set. */
@NullMarked
package io.leadloom.testing;

import org.jspecify.annotations.NullMarked;
