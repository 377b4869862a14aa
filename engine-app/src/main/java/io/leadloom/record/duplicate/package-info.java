/** Which records are likely to mean the same: rules, what they find, and what people have said about it. */
@NullMarked
package io.leadloom.record.duplicate;

import org.jspecify.annotations.NullMarked;
