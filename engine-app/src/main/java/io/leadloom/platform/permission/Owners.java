package io.leadloom.platform.permission;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose records somebody may do something with, as it was at one moment.
 *
 * @param all everybody's, and those that nobody owns; {@code ids} is empty then
 * @param ids the ids of the owners
 */
public record Owners(boolean all, Set<Long> ids) {

  public static final Owners ALL = new Owners(true, Set.of());
  public static final Owners NONE = new Owners(false, Set.of());

  public Owners {
    ids = Set.copyOf(ids);
  }

  /** Nobody's. */
  public boolean none() {
    return !all && ids.isEmpty();
  }

  /** Whether it reaches what this user owns; null stands for nobody. */
  public boolean reach(@Nullable Long owner) {
    return all || (owner != null && ids.contains(owner));
  }

  /**
   * Whether it reaches everything that the other does.
   *
   * @param apart the ids of owners who do not count
   */
  boolean covers(Owners other, Set<Long> apart) {
    return all
        || (!other.all
            && other.ids.stream().allMatch(id -> ids.contains(id) || apart.contains(id)));
  }
}
