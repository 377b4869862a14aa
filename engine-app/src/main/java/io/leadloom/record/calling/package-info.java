/** Processes of call centres: their table definitions, people, lead lists and dialling campaigns. */
@NullMarked
package io.leadloom.record.calling;

import org.jspecify.annotations.NullMarked;
