/** Personal profiles over HTTP. */
@NullMarked
package io.leadloom.identity.person.web;

import org.jspecify.annotations.NullMarked;
