/** Single sign-on: people whom a provider of OpenID Connect vouches for. */
@NullMarked
package io.leadloom.identity.oidc;

import org.jspecify.annotations.NullMarked;
