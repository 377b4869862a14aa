package io.leadloom.identity.profile;

import io.leadloom.identity.StaffState;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the authentication profiles (PLT-066 to PLT-076). Users without one sign in with the default settings. */
@Component
public class AuthenticationProfiles {

  private static final int LONGEST_DESCRIPTION = 1_000;
  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final StaffState state;
  private final AuditTrail trail;

  AuthenticationProfiles(JdbcTemplate jdbc, Ids ids, StaffState state, AuditTrail trail) {
    this.state = state;
    this.jdbc = jdbc;
    this.ids = ids;
    this.trail = trail;
  }

  /** What a profile is to be; null leaves what is there. */
  public record Wanted(
      @Nullable String name,
      @Nullable String description,
      @Nullable Boolean secondFactor,
      @Nullable Boolean mobileRedirect,
      @Nullable List<Long> members) {}

  /** All profiles by name. */
  @Transactional(readOnly = true)
  public List<AuthenticationProfile> all() {
    Map<Long, List<Long>> members = new HashMap<>();
    jdbc.query(
        "select profile_id, user_id from authentication_profile_member order by user_id",
        row -> {
          members.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
        });
    return jdbc.query(
        "select id, name, description, second_factor, mobile_redirect, version from authentication_profile"
            + " order by name limit "
            + MOST,
        (row, number) ->
            new AuthenticationProfile(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                members.getOrDefault(row.getLong(1), List.of()),
                row.getInt(6)));
  }

  /** One profile. */
  @Transactional(readOnly = true)
  public AuthenticationProfile one(long id) {
    return all().stream()
        .filter(profile -> profile.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("authentication profile", id));
  }

  /** The profile that a user is in. */
  @Transactional(readOnly = true)
  public Optional<AuthenticationProfile> of(long userId) {
    return jdbc
        .query(
            "select p.id, p.name, p.description, p.second_factor, p.mobile_redirect, p.version"
                + " from authentication_profile p join authentication_profile_member m on m.profile_id = p.id"
                + " where m.user_id = ?",
            (row, number) ->
                new AuthenticationProfile(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    List.of(userId),
                    row.getInt(6)),
            userId)
        .stream()
        .findFirst();
  }

  @Transactional
  public AuthenticationProfile create(Wanted wanted) {
    // One change at a time; and programs that send passwords pass the check again.
    state.changing();
    if (all().size() >= MOST) {
      throw RefusedException.invalid(
          "There are too many profiles", Violation.of("name", null, "at most " + MOST));
    }
    AuthenticationProfile empty = nothing(ids.next("authentication_profile"), "");
    AuthenticationProfile made = changed(empty, wanted);
    jdbc.update(
        "insert into authentication_profile (id, name, description, second_factor, mobile_redirect, version)"
            + " values (?, ?, ?, ?, ?, ?)",
        made.id(),
        made.name(),
        made.description(),
        made.secondFactor(),
        made.mobileRedirect(),
        made.version());
    writeMembers(made);
    trail.record(event("created", empty, made));
    return made;
  }

  /** Changes a profile; users who were in another one move here (PLT-D13). */
  @Transactional
  public AuthenticationProfile change(long id, @Nullable Integer version, Wanted wanted) {
    state.changing();
    AuthenticationProfile before = one(id);
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the profile", version, before.version());
    }
    AuthenticationProfile after = changed(before, wanted);
    jdbc.update(
        "update authentication_profile set name = ?, description = ?, second_factor = ?, mobile_redirect = ?,"
            + " version = ? where id = ?",
        after.name(),
        after.description(),
        after.secondFactor(),
        after.mobileRedirect(),
        after.version(),
        id);
    if (wanted.members() != null) {
      jdbc.update("delete from authentication_profile_member where profile_id = ?", id);
      writeMembers(after);
    }
    AuditEvent event = event("changed", before, after);
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  /** Deletes a profile; its users sign in with the default settings (PLT-076, PLT-D13). */
  @Transactional
  public void delete(long id) {
    state.changing();
    AuthenticationProfile before = one(id);
    jdbc.update("delete from authentication_profile where id = ?", id);
    trail.record(event("deleted", before, nothing(id, before.name())));
  }

  private static AuthenticationProfile nothing(long id, String name) {
    return new AuthenticationProfile(id, name, "", false, false, List.of(), 0);
  }

  private static RefusedException unknown(@Nullable Long member) {
    return RefusedException.invalid(
        "There is no such user", Violation.of("members", member, "ids of existing users"));
  }

  private AuthenticationProfile changed(AuthenticationProfile before, Wanted wanted) {
    String name =
        wanted.name() == null && before.version() > 0
            ? before.name()
            : StaffTexts.nameOfItsOwn(
                Objects.requireNonNullElse(wanted.name(), ""),
                "profile",
                all().stream()
                    .filter(other -> other.id() != before.id())
                    .map(AuthenticationProfile::name));
    String description =
        Objects.requireNonNullElse(wanted.description(), before.description()).strip();
    if (description.length() > LONGEST_DESCRIPTION) {
      throw RefusedException.invalid(
          "The description is too long",
          Violation.of("description", null, "at most " + LONGEST_DESCRIPTION + " characters"));
    }
    List<Long> asked = wanted.members();
    if (asked != null && asked.stream().anyMatch(Objects::isNull)) {
      throw unknown(null);
    }
    List<Long> members = asked == null ? before.members() : List.copyOf(new LinkedHashSet<>(asked));
    return new AuthenticationProfile(
        before.id(),
        name,
        description,
        Objects.requireNonNullElse(wanted.secondFactor(), before.secondFactor()),
        Objects.requireNonNullElse(wanted.mobileRedirect(), before.mobileRedirect()),
        members,
        before.version() + 1);
  }

  private void writeMembers(AuthenticationProfile profile) {
    if (profile.members().isEmpty()) {
      return;
    }
    Set<Long> known = new HashSet<>(jdbc.queryForList("select id from app_user", Long.class));
    for (Long member : profile.members()) {
      if (!known.contains(member)) {
        throw unknown(member);
      }
    }
    jdbc.batchUpdate(
        "insert into authentication_profile_member (user_id, profile_id) values (?, ?)"
            + " on duplicate key update profile_id = values(profile_id)",
        profile.members().stream().map(member -> new Object[] {member, profile.id()}).toList());
  }

  private static AuditEvent event(
      String what, AuthenticationProfile before, AuthenticationProfile after) {
    return AuditEvent.of(
            "authentication-profile." + what, "authentication-profile", after.id(), after.name())
        .change("name", before.name(), after.name())
        .change("description", before.description(), after.description())
        .change("secondFactor", before.secondFactor(), after.secondFactor())
        .change("mobileRedirect", before.mobileRedirect(), after.mobileRedirect())
        .change("members", before.members(), after.members());
  }
}
