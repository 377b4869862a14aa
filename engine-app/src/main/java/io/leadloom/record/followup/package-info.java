/** Follow-ups of leads: what was noted of each contact, and when the next one is planned. */
@NullMarked
package io.leadloom.record.followup;

import org.jspecify.annotations.NullMarked;
