/** Requests of contacts over HTTP. */
@NullMarked
package io.leadloom.record.request.web;

import org.jspecify.annotations.NullMarked;
