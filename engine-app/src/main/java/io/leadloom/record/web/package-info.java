/** Records over HTTP. */
@NullMarked
package io.leadloom.record.web;

import org.jspecify.annotations.NullMarked;
