/** What generated rules see and call. Public only because generated classes live in packages of their own. */
@NullMarked
package io.leadloom.decision.rulebase;

import org.jspecify.annotations.NullMarked;
