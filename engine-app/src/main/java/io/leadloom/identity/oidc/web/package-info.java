/** Single sign-on over HTTP. */
@NullMarked
package io.leadloom.identity.oidc.web;

import org.jspecify.annotations.NullMarked;
