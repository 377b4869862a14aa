package io.leadloom.identity.key;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key may be used for, within what its user may do. */
public enum Scope {
  READ,
  WRITE,
  BULK,
  ADMINISTRATION;

  /** What only those who administer something may even read. */
  private static final Pattern ADMINISTERED =
      Pattern.compile(
          "/api/v1/(settings|audit|journal|connectors|permission-templates|authentication-profiles|lead-views|table-definitions)(/.*)?"
              + "|/api/v1/users/[^/]+/(permissions|partner-company|superior|holdings|hand-overs|sessions|second-factor|sign-on-links)(/.*)?"
              + "|/api/v1/hierarchy/moves|/api/v1/schema/[^/]+/(fields/[^/]+/values|looks/[^/]+/uses|[0-9]+/usage)"
              + "|/api/v1/schema/mappings/[^/]+|/actuator.*");

  private static final Pattern ADMINISTERED_WHEN_CHANGED =
      Pattern.compile(
          "/api/v1/(users|teams|roles|sales-groups|hierarchy|schema|custom-values|deliveries|runs)(/.*)?"
              + "|/api/v1/processes(/[0-9]+)?"
              + "|/api/v1/automations(/[0-9]+(/(draft|validate|publish|unpublish|pause|resume"
              + "|(versions|cancellations)/.*))?)?");

  private static final Pattern ADMINISTERED_WHEN_DELETED =
      Pattern.compile("/api/v1/leads/[^/]+/conversions/[^/]+");

  private static final Pattern IN_BULK =
      Pattern.compile(
          "/api/v1/([a-z-]+/bulk(-actions)?|(imports|bulk-actions)(/.*)?|[a-z-]+/export(/.*)?|.*\\.csv)");

  /** The name in JSON and in the database. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String key) {
    return Arrays.stream(values()).filter(scope -> scope.key().equals(key)).findFirst();
  }

  /** What a request needs. */
  static Scope needed(String method, String path) {
    boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    if (ADMINISTERED.matcher(path).matches()
        || !reads && ADMINISTERED_WHEN_CHANGED.matcher(path).matches()
        || method.equals("DELETE") && ADMINISTERED_WHEN_DELETED.matcher(path).matches()) {
      return ADMINISTRATION;
    }
    if (IN_BULK.matcher(path).matches()) {
      return BULK;
    }
    return reads ? READ : WRITE;
  }
}
