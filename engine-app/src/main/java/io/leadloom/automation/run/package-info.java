/** Runs: started, carried on and recorded in batches, one database transaction each. */
@NullMarked
package io.leadloom.automation.run;

import org.jspecify.annotations.NullMarked;
