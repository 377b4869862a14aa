/** Reads BPMN from strangers and finds what is wrong with it; knows nothing of jBPM. */
@NullMarked
package io.leadloom.process.reading;

import org.jspecify.annotations.NullMarked;
