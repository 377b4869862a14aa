package io.leadloom.automation.web;

import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who may change automations, mend their runs and stop them: administrators. */
@Component
class Designers {

  private final Users users;

  Designers(Users users) {
    this.users = users;
  }

  /** Refuses everybody else. */
  void only() {
    boolean administrator = users.current().map(Users.Person::administrator).orElse(false);
    if (!administrator) {
      throw new RefusedException(
          RefusedException.Reason.FORBIDDEN,
          "Only administrators change automations and their runs",
          List.of());
    }
  }
}
