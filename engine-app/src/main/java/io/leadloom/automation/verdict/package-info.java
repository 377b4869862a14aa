/** Which verdicts of conditions still hold, although records have changed since they were given. */
@NullMarked
package io.leadloom.automation.verdict;

import org.jspecify.annotations.NullMarked;
