package io.leadloom.access;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.servlet.MockMvc;

/** Users of one test, with logins of its own. */
final class People {

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final String PASSWORD = "long enough for a test";

  private final MockMvc http;
  private final Staff staff;

  People(MockMvc http, Staff staff) {
    this.http = http;
    this.staff = staff;
  }

  /** Somebody who can call. */
  record Somebody(long id, Caller api) {}

  Caller admin() {
    return new Caller(http, "admin", "leadloom");
  }

  Somebody hire(@Nullable Somebody superior, Role... roles) {
    String login = "person-" + NUMBER.incrementAndGet();
    // Enrolled and not created, so that the hash of the password is made once for all.
    long id =
        staff
            .enroll(
                List.of(
                    new Staff.NewAccount(
                        login, login, null, null, PASSWORD, Set.of(roles), null, null, null)))
            .get(0)
            .id();
    if (superior != null) {
      report(id, superior.id());
    }
    return new Somebody(id, new Caller(http, login, PASSWORD));
  }

  /** Gives somebody something that his roles do not. */
  void allow(long id, String section, String action, String reach) {
    admin()
        .put(
            "/users/" + id + "/permissions",
            Map.of("exceptions", Map.of("sections", Map.of(section, Map.of(action, reach)))))
        .is(200);
  }

  void report(long id, long superior) {
    staff.change(
        id,
        new Staff.AccountChange(null, null, null, null, null, null, null, null, null, superior));
  }
}
