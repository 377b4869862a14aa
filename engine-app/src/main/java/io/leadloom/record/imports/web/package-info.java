/** Imports over HTTP. */
@NullMarked
package io.leadloom.record.imports.web;

import org.jspecify.annotations.NullMarked;
