/** What somebody owns goes to somebody else, for example when a user leaves (SET-037). */
@NullMarked
package io.leadloom.record.handover;

import org.jspecify.annotations.NullMarked;
