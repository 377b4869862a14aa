package io.leadloom.identity;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The roles that a user can hold; permissions add up (vocabulary, "Roles in one set"). */
public enum Role {
  ADMINISTRATOR("crm_admin", "Administrator"),
  MANAGER("crm_manager", "Sales manager"),
  SALES("crm_sales", "Sales user"),
  MARKETEER("crm_marketeer", "Marketing user"),
  PARTNER_SUPERVISOR("crm_partner_supervisor", "Partner supervisor"),
  SUPERVISOR("supervisor", "Supervisor"),
  AGENT("agent", "Agent");

  private final String key;
  private final String label;

  Role(String key, String label) {
    this.key = key;
    this.label = label;
  }

  /** The permanent name in JSON and in the database, for example {@code crm_admin}. */
  public String key() {
    return key;
  }

  /** The name that users see. */
  public String label() {
    return label;
  }

  public static Optional<Role> of(String key) {
    return Arrays.stream(values()).filter(role -> role.key.equals(key)).findFirst();
  }

  /** The roles with these keys; refuses a key that is none, by name. */
  public static Set<Role> ofKeys(Collection<String> keys) {
    Set<Role> roles = new LinkedHashSet<>();
    for (String key : keys) {
      roles.add(of(key).orElseThrow(() -> unknown(key)));
    }
    return roles;
  }

  private static RefusedException unknown(String key) {
    String known = Arrays.stream(values()).map(Role::key).collect(Collectors.joining(", "));
    return RefusedException.invalid("There is no such role", Violation.of("roles", key, known));
  }
}
