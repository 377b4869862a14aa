package io.leadloom.process.reading;

import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.Processes.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects problems, up to a number that a person can still read. */
final class ProblemList {

  static final int MOST = 500;
  private static final int LONGEST_TEXT = 255;

  private final List<Problem> problems = new ArrayList<>();
  private boolean full;

  void add(
      @Nullable String element,
      @Nullable String name,
      String field,
      @Nullable String value,
      String expectation) {
    if (problems.size() < MOST) {
      String shownName = name == null || name.isBlank() ? null : shorten(name);
      problems.add(new Problem(shorten(element), shownName, field, shorten(value), expectation));
    } else if (!full) {
      full = true;
      problems.add(
          new Problem(
              null,
              null,
              "document",
              null,
              "Fewer problems: only the first " + MOST + " are listed"));
    }
  }

  void add(Node node, String field, @Nullable String value, String expectation) {
    add(node.id(), node.name(), field, value, expectation);
  }

  void add(XmlElement element, String field, @Nullable String value, String expectation) {
    add(element.attribute("id"), element.attribute("name"), field, value, expectation);
  }

  private static @Nullable String shorten(@Nullable String text) {
    return text == null || text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT) + "…";
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }
}
