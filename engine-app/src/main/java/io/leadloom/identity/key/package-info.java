/** Access key and secret key pairs, by which programs act for a user (CON-D36). */
@NullMarked
package io.leadloom.identity.key;

import org.jspecify.annotations.NullMarked;
