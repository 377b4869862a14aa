/** Details views of leads over HTTP. */
@NullMarked
package io.leadloom.record.view.web;

import org.jspecify.annotations.NullMarked;
