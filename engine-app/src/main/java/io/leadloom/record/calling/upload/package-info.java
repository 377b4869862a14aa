/** Uploads of files into lead lists, streamed in the background. */
@NullMarked
package io.leadloom.record.calling.upload;

import org.jspecify.annotations.NullMarked;
