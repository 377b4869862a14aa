package io.leadloom.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who reports to whom: the base of what a manager sees and of roll-up (VOC-013). Never has a cycle. */
public interface Hierarchy {

  /** The users who report to this one, directly or through others; without the user. */
  Set<Long> below(long userId);

  /** The user's superiors, the nearest first. */
  List<Long> above(long userId);

  /** The direct superior. */
  Optional<Long> superior(long userId);

  /** Tells how much users own; the room of records knows. */
  interface Holdings {

    /** The live leads, contacts and accounts, and the open tasks, of these users together, by the entity's key. */
    Map<String, Long> of(Set<Long> users);
  }
}
