package io.leadloom.identity.group;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to sales groups. Refuses names that are taken, unknown users, and changes of what somebody else changed. */
@Component
public class SalesGroups {

  private static final int LONGEST_DESCRIPTION = 1_000;

  private final Staff staff;
  private final GroupRows rows;
  private final Ids ids;
  private final AuditTrail trail;

  SalesGroups(Staff staff, GroupRows rows, Ids ids, AuditTrail trail) {
    this.staff = staff;
    this.rows = rows;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What becomes of a group; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   */
  public record Change(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String description,
      @Nullable Boolean active,
      @Nullable List<Long> members) {}

  /** All groups by name. */
  public List<SalesGroup> all() {
    return rows.all();
  }

  public SalesGroup get(long id) {
    return find(id, rows.all());
  }

  /** Makes a group; without members it is empty, without a word it is active. */
  public SalesGroup create(Change wanted) {
    return staff.alone(
        () -> {
          SalesGroup made =
              new SalesGroup(
                  ids.next("sales_group"),
                  name(Objects.requireNonNullElse(wanted.name(), ""), 0),
                  description(wanted.description()),
                  Objects.requireNonNullElse(wanted.active(), true),
                  members(Objects.requireNonNullElse(wanted.members(), List.of())),
                  1);
          rows.insert(made);
          trail.record(event(null, made));
          return made;
        });
  }

  public SalesGroup change(long id, Change change) {
    return staff.alone(
        () -> {
          SalesGroup before = find(id, rows.all());
          Integer version = change.version();
          if (version != null && version != before.version()) {
            throw RefusedException.outdated("the group", version, before.version());
          }
          String name = change.name();
          List<Long> members = change.members();
          SalesGroup after =
              new SalesGroup(
                  id,
                  name == null ? before.name() : name(name, id),
                  change.description() == null
                      ? before.description()
                      : description(change.description()),
                  Objects.requireNonNullElse(change.active(), before.active()),
                  members == null ? before.members() : members(members),
                  before.version() + 1);
          rows.update(after);
          AuditEvent event = event(before, after);
          if (!event.unchanged()) {
            trail.record(event);
          }
          return after;
        });
  }

  public void delete(long id) {
    staff.alone(
        () -> {
          SalesGroup before = find(id, rows.all());
          rows.delete(id);
          trail.record(event(before, null));
          return id;
        });
  }

  private static SalesGroup find(long id, List<SalesGroup> all) {
    return all.stream()
        .filter(group -> group.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("sales group", id));
  }

  private String name(String name, long id) {
    return StaffTexts.nameOfItsOwn(
        name, "group", rows.all().stream().filter(other -> other.id() != id).map(SalesGroup::name));
  }

  private static @Nullable String description(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > LONGEST_DESCRIPTION) {
      throw RefusedException.invalid(
          "The description is too long",
          Violation.of("description", null, "at most " + LONGEST_DESCRIPTION + " characters"));
    }
    return text.strip();
  }

  private List<Long> members(List<Long> wanted) {
    Map<Long, Account> known =
        staff.accounts().stream().collect(Collectors.toMap(Account::id, account -> account));
    for (Long member : wanted) {
      if (!known.containsKey(member)) {
        throw RefusedException.invalid(
            "There is no such user", Violation.of("members", member, "ids of existing users"));
      }
    }
    return List.copyOf(new LinkedHashSet<>(wanted));
  }

  private AuditEvent event(@Nullable SalesGroup before, @Nullable SalesGroup after) {
    SalesGroup shown = after == null ? Objects.requireNonNull(before) : after;
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("sales-group." + what, "sales-group", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change(
            "description",
            before == null ? null : before.description(),
            after == null ? null : after.description())
        .change(
            "active",
            before == null ? null : before.active(),
            after == null ? null : after.active())
        .change("members", logins(before), logins(after));
  }

  private @Nullable List<String> logins(@Nullable SalesGroup group) {
    if (group == null) {
      return null;
    }
    Map<Long, String> logins =
        staff.accounts().stream().collect(Collectors.toMap(Account::id, Account::login));
    return group.members().stream().map(id -> logins.getOrDefault(id, "#" + id)).sorted().toList();
  }
}
