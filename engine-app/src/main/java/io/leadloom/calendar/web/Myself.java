package io.leadloom.calendar.web;

import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.ActingPrincipal;
import org.springframework.stereotype.Component;

/** Who calls. */
@Component
class Myself {

  private final Users users;

  Myself(Users users) {
    this.users = users;
  }

  long id() {
    return users
        .current()
        .map(Users.Person::id)
        .orElseThrow(() -> RefusedException.forbidden("Only people have accounts and calendars"));
  }

  /** Whoever has signed in; not a key. */
  long inPerson() {
    if (ActingPrincipal.byKey()) {
      throw RefusedException.forbidden(
          "Accounts and calendars are chosen by the person whose they are, not by a key");
    }
    return id();
  }

  Cause cause() {
    return ActingPrincipal.byKey() ? Cause.api(id()) : Cause.user(id());
  }
}
