package io.leadloom.identity.access;

import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.platform.audit.AuditEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the audit trail says about changes of permissions: each reach and field rule by itself. */
final class PermissionEvents {

  private PermissionEvents() {}

  static AuditEvent template(
      @Nullable PermissionTemplate before, @Nullable PermissionTemplate after) {
    PermissionTemplate present = after == null ? before : after;
    if (present == null) {
      throw new IllegalArgumentException("No template");
    }
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    AuditEvent event =
        AuditEvent.of(
            "permission-template." + what, "permission-template", present.id(), present.name());
    event =
        event
            .change(
                "name", before == null ? null : before.name(), after == null ? null : after.name())
            .change("roles", roles(before), roles(after));
    return changes(
        event,
        before == null ? Grants.NOTHING : before.grants(),
        after == null ? Grants.NOTHING : after.grants());
  }

  private static List<String> roles(@Nullable PermissionTemplate template) {
    return template == null
        ? List.of()
        : template.roles().stream().sorted().map(Role::key).toList();
  }

  static AuditEvent ofUser(
      Account account,
      PermissionTemplates.OfUser before,
      PermissionTemplates.OfUser after,
      List<PermissionTemplate> known) {
    AuditEvent event =
        AuditEvent.of("user.permissions-changed", "user", account.id(), account.name())
            .change("templates", names(before.templates(), known), names(after.templates(), known));
    return changes(event, before.exceptions(), after.exceptions());
  }

  private static List<String> names(Set<Long> ids, List<PermissionTemplate> known) {
    return known.stream()
        .filter(template -> ids.contains(template.id()))
        .map(PermissionTemplate::name)
        .toList();
  }

  private static AuditEvent changes(AuditEvent event, Grants before, Grants after) {
    Map<String, String> earlier = flat(before);
    Map<String, String> later = flat(after);
    Set<String> places = new TreeSet<>(earlier.keySet());
    places.addAll(later.keySet());
    AuditEvent changed = event;
    for (String place : places) {
      changed = changed.change(place, earlier.get(place), later.get(place));
    }
    return changed;
  }

  private static Map<String, String> flat(Grants grants) {
    Map<String, String> flat = new TreeMap<>();
    grants
        .sections()
        .forEach(
            (section, actions) ->
                actions.forEach(
                    (action, reach) -> flat.put(section.key() + "." + action.key(), reach.key())));
    grants
        .fields()
        .forEach(
            (type, rules) ->
                rules.forEach((field, rule) -> flat.put(type.key() + " " + field, rule.key())));
    return flat;
  }
}
