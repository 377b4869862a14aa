package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A named filter over one kind of record (ENG-074 to ENG-089).
 *
 * @param version rises by one with every change; the base of optimistic locking
 * @param entity leads, contacts or accounts
 * @param filter in the filter grammar; empty for all records
 * @param sort the key of the field to sort by, with a minus in front for descending; null for the usual order
 * @param columns the keys of the fields shown, in order; empty for the usual ones
 * @param users for {@link Sharing#CHOSEN}: the ids of the users who see it
 * @param roles for {@link Sharing#CHOSEN}: the keys of the roles whose holders see it
 * @param live whether who enters and leaves is noted, also when no automation starts on it
 */
public record SmartList(
    long id,
    int version,
    EntityType entity,
    String name,
    String filter,
    @Nullable String sort,
    List<String> columns,
    long ownerId,
    Sharing sharing,
    Set<Long> users,
    Set<String> roles,
    boolean live,
    Instant createdAt,
    Instant updatedAt) {

  public SmartList {
    columns = List.copyOf(columns);
    users = Set.copyOf(users);
    roles = Set.copyOf(roles);
  }

  SmartList sharedWith(Set<Long> someUsers, Set<String> someRoles) {
    return new SmartList(
        id, version, entity, name, filter, sort, columns, ownerId, sharing, someUsers, someRoles,
        live, createdAt, updatedAt);
  }

  /** Whether somebody sees it, as far as sharing goes. */
  boolean seenBy(Viewer viewer) {
    return switch (sharing) {
      case PRIVATE -> ownerId == viewer.userId();
      case EVERYONE -> true;
      case CHOSEN ->
          ownerId == viewer.userId()
              || users.contains(viewer.userId())
              || viewer.roles().stream().anyMatch(roles::contains);
    };
  }

  /** Whether somebody who sees it may rename, share, change and delete it (ENG-088). */
  public boolean changedBy(Viewer viewer) {
    return ownerId == viewer.userId() || viewer.rights().everything();
  }
}
