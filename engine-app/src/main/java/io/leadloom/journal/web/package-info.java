/** The journal over HTTP, for administrators. */
@NullMarked
package io.leadloom.journal.web;

import org.jspecify.annotations.NullMarked;
