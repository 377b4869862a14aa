/** Logos and photos: what is uploaded is looked at, made anew and kept in the database. */
@NullMarked
package io.leadloom.platform.picture;

import org.jspecify.annotations.NullMarked;
