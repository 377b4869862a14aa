/** The leads in lead lists: how they are checked, compared, kept and shown. */
@NullMarked
package io.leadloom.record.calling.row;

import org.jspecify.annotations.NullMarked;
