package io.leadloom.identity.access;

import io.leadloom.identity.Role;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A permission template.
 *
 * @param delivered the key of the role that it came with; null for one that somebody made
 * @param changed whether its grants differ from those it was delivered with
 * @param version the base of optimistic locking
 * @param roles the roles that hold it
 */
public record PermissionTemplate(
    long id,
    String name,
    @Nullable String delivered,
    boolean changed,
    Grants grants,
    int version,
    Set<Role> roles) {

  public PermissionTemplate {
    roles = Set.copyOf(roles);
  }

  /** Whether it is that of administrators, which cannot be changed. */
  public boolean ofAdministrators() {
    return Optional.ofNullable(delivered).flatMap(Role::of).orElse(null) == Role.ADMINISTRATOR;
  }
}
