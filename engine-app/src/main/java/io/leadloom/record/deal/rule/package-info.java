/** What the write path asks about opportunities and about leads that have become one. */
@NullMarked
package io.leadloom.record.deal.rule;

import org.jspecify.annotations.NullMarked;
