/** General settings over HTTP. */
@NullMarked
package io.leadloom.platform.general.web;

import org.jspecify.annotations.NullMarked;
