/** Requests of contacts: what files and bulk actions have made of many contacts at once. */
@NullMarked
package io.leadloom.record.request;

import org.jspecify.annotations.NullMarked;
