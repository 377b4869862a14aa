package io.leadloom.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads BPMN and turns it into something that runs, without writing code or files. */
public interface Processes {

  /**
   * Reads a BPMN document safely (no DOCTYPE, no entities, bounded size and depth) and checks what can be checked
   * without knowing cards: structure, supported elements, reachability, default flows, loops without a wait.
   */
  Reading read(String bpmn);

  /**
   * Makes a read model executable. Costs a few milliseconds and memory until closed.
   *
   * @param version the version label that runs carry in their state
   */
  ExecutableProcess compile(ProcessModel model, String version);

  /** The outcome of reading. */
  sealed interface Reading {

    /** Readable. It can run when {@code problems} is empty; the model is complete enough to show either way. */
    record Readable(ProcessModel model, List<Problem> problems) implements Reading {}

    /** Not readable as BPMN at all. */
    record Unreadable(List<Problem> problems) implements Reading {}
  }

  /**
   * One thing wrong with a model.
   *
   * @param element the id of the BPMN element; null when it concerns the whole document
   * @param name the element's name as users see it
   * @param field the attribute or setting
   * @param expectation what was expected, in the words of a designer
   */
  record Problem(
      @Nullable String element,
      @Nullable String name,
      String field,
      @Nullable String value,
      String expectation) {}
}
