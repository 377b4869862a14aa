package io.leadloom.identity.access;

import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Staff;
import io.leadloom.identity.Users;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rights from templates in memory; all of them are made anew when users, teams, hierarchy or templates have changed. */
@Component
class LiveAccess implements Access {

  private final Users users;
  private final Staff staff;
  private final Hierarchy hierarchy;
  private final TemplateRows rows;
  private volatile @Nullable State state;

  LiveAccess(Users users, Staff staff, Hierarchy hierarchy, TemplateRows rows) {
    this.users = users;
    this.staff = staff;
    this.hierarchy = hierarchy;
    this.rows = rows;
  }

  /** All templates at one version of users and templates, and the rights that were asked for since. */
  private record State(long version, Given given, Map<Long, Rights> rights) {}

  private State state() {
    long version = staff.version();
    State known = state;
    if (known != null && known.version() == version) {
      return known;
    }
    State fresh = new State(version, rows.given(), new ConcurrentHashMap<>());
    state = fresh;
    return fresh;
  }

  @Override
  public Rights current() {
    return users
        .current()
        .map(person -> person.administrator() ? Rights.everything(person.id()) : of(person.id()))
        .orElseGet(() -> Rights.none(null));
  }

  @Override
  public Rights of(long userId) {
    Users.Person person = users.find(userId).filter(Users.Person::active).orElse(null);
    if (person == null) {
      return Rights.none(userId);
    }
    if (person.administrator()) {
      return Rights.everything(userId);
    }
    State now = state();
    return Objects.requireNonNull(
        now.rights()
            .computeIfAbsent(
                userId, id -> now.given().rights(staff.account(id), hierarchy, staff.teams())));
  }
}
