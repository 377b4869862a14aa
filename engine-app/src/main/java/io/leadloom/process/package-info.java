/** BPMN processes at run time: the only room that knows jBPM. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"platform", "decision"})
@NullMarked
package io.leadloom.process;

import org.jspecify.annotations.NullMarked;
