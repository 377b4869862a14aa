/** How every room answers over HTTP: problem documents and cursors. */
@NullMarked
package io.leadloom.platform.web;

import org.jspecify.annotations.NullMarked;
