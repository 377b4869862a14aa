/** The OAuth 2 side of providers: consent, codes, tokens. */
@NullMarked
package io.leadloom.simulators.consent;

import org.jspecify.annotations.NullMarked;
