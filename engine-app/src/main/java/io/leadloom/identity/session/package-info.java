/** Sessions of browsers, kept in the database so that every node knows them. */
@NullMarked
package io.leadloom.identity.session;

import org.jspecify.annotations.NullMarked;
