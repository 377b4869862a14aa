/** Waiting for what others hold in the database. */
@NullMarked
package io.leadloom.platform.lock;

import org.jspecify.annotations.NullMarked;
