/** The score over HTTP. */
@NullMarked
package io.leadloom.scoring.web;

import org.jspecify.annotations.NullMarked;
