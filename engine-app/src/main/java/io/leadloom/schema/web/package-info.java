/** Fields, types and choices over HTTP. */
@NullMarked
package io.leadloom.schema.web;

import org.jspecify.annotations.NullMarked;
