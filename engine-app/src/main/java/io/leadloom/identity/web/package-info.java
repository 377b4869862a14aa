/** Sign-in, users and teams over HTTP. */
@NullMarked
package io.leadloom.identity.web;

import org.jspecify.annotations.NullMarked;
