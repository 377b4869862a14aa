/** The board of opportunities, and conversion of leads to deals and clients, and of contacts to leads (LEAD-104 to LEAD-108, LEAD-157 to LEAD-163). */
@NullMarked
package io.leadloom.record.deal;

import org.jspecify.annotations.NullMarked;
