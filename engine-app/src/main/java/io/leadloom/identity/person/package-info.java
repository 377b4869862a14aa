/** What people say about themselves: photo, contact, hours, place and signature. */
@NullMarked
package io.leadloom.identity.person;

import org.jspecify.annotations.NullMarked;
