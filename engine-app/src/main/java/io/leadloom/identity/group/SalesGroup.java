package io.leadloom.identity.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named set of users, for filters and views. Other than a team it neither takes turns nor gives rights, and goals know
 * nothing of it (GOAL-011).
 *
 * @param active whether it is offered for choice
 * @param members the ids of its users, by name of the user at the time of reading
 * @param version the base of optimistic locking
 */
public record SalesGroup(
    long id,
    String name,
    @Nullable String description,
    boolean active,
    List<Long> members,
    int version) {

  public SalesGroup {
    members = List.copyOf(members);
  }
}
