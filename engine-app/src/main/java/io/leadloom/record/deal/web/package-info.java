/** The board of opportunities. */
@NullMarked
package io.leadloom.record.deal.web;

import org.jspecify.annotations.NullMarked;
