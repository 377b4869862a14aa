/** Authentication profiles: how groups of users sign in. */
@NullMarked
package io.leadloom.identity.profile;

import org.jspecify.annotations.NullMarked;
