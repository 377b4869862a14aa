package io.leadloom.connection.web;

import io.leadloom.identity.Users;
import io.leadloom.platform.RefusedException;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps everybody but administrators out (CON-001). */
@Component
class Administrators {

  private final ObjectProvider<Users> users;

  Administrators(ObjectProvider<Users> users) {
    this.users = users;
  }

  void required() {
    Users known = users.getIfAvailable();
    boolean administrator =
        known != null
            && known
                .current()
                .filter(person -> person.active() && person.administrator())
                .isPresent();
    if (!administrator) {
      throw new RefusedException(
          RefusedException.Reason.FORBIDDEN, "Only administrators may do this", List.of());
    }
  }
}
