/** Mails of Leadloom itself to its users. */
@NullMarked
package io.leadloom.connection.letter;

import org.jspecify.annotations.NullMarked;
