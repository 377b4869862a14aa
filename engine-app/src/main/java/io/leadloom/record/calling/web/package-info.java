/** Processes, lead lists and dialling campaigns over HTTP. */
@NullMarked
package io.leadloom.record.calling.web;

import org.jspecify.annotations.NullMarked;
