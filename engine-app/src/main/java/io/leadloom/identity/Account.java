package io.leadloom.identity;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user with all attributes, as administrators see them.
 *
 * @param login the name to sign in with, unique without letter case
 * @param timeZone the user's IANA time zone; null for that of the installation
 * @param locale the BCP 47 language tag of the pages; null for the browser's
 * @param reportsTo the direct superior
 * @param version the base of optimistic locking
 */
public record Account(
    long id,
    String login,
    String name,
    @Nullable String email,
    @Nullable String phone,
    Set<Role> roles,
    boolean active,
    @Nullable String timeZone,
    @Nullable String locale,
    @Nullable Long reportsTo,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  public Account {
    roles = Set.copyOf(roles);
  }

  public boolean administrator() {
    return roles.contains(Role.ADMINISTRATOR);
  }
}
