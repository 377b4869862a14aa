/** Bulk actions over HTTP. */
@NullMarked
package io.leadloom.record.bulk.web;

import org.jspecify.annotations.NullMarked;
