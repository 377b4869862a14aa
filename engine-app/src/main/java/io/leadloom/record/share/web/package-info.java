/** Shares of opportunities over HTTP. */
@NullMarked
package io.leadloom.record.share.web;

import org.jspecify.annotations.NullMarked;
