/** The account over HTTP. */
@NullMarked
package io.leadloom.platform.company.web;

import org.jspecify.annotations.NullMarked;
