package io.leadloom.record.match;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A part of a filter. Like in searches every part is true or false, also for empty values (AUT-D02). */
interface Node {

  boolean test(Facts facts, Instant now);

  /** Names the moments after now at which the answer of a comparison in it can change although the record does not. */
  default void flips(Facts facts, Instant now, Consumer<Instant> found) {}

  /** Whether time alone can change the answer, as far as the comparison itself tells. */
  default boolean changesByTime() {
    return false;
  }

  private static boolean changeByTime(List<Node> parts) {
    for (Node part : parts) {
      if (part.changesByTime()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a part that time does not change gives this answer, so that no time changes the whole. */
  private static boolean settled(List<Node> parts, boolean answer, Facts facts, Instant now) {
    for (Node part : parts) {
      if (!part.changesByTime() && part.test(facts, now) == answer) {
        return true;
      }
    }
    return false;
  }

  /** True when all parts are. */
  record All(List<Node> parts) implements Node {
    @Override
    public boolean test(Facts facts, Instant now) {
      for (Node part : parts) {
        if (!part.test(facts, now)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      if (!settled(parts, false, facts, now)) {
        parts.forEach(part -> part.flips(facts, now, found));
      }
    }

    @Override
    public boolean changesByTime() {
      return Node.changeByTime(parts);
    }
  }

  /** True when at least one part is. */
  record Any(List<Node> parts) implements Node {
    @Override
    public boolean test(Facts facts, Instant now) {
      for (Node part : parts) {
        if (part.test(facts, now)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      if (!settled(parts, true, facts, now)) {
        parts.forEach(part -> part.flips(facts, now, found));
      }
    }

    @Override
    public boolean changesByTime() {
      return Node.changeByTime(parts);
    }
  }

  /** True when the part is not. */
  record Opposite(Node part) implements Node {
    @Override
    public boolean test(Facts facts, Instant now) {
      return !part.test(facts, now);
    }

    @Override
    public void flips(Facts facts, Instant now, Consumer<Instant> found) {
      part.flips(facts, now, found);
    }

    @Override
    public boolean changesByTime() {
      return part.changesByTime();
    }
  }
}
