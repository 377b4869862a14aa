package io.leadloom.record.web;

import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Who is asking. */
@Component
class Caller {

  private final ObjectProvider<Users> users;

  private final Access access;

  Caller(ObjectProvider<Users> users, Access access) {
    this.users = users;
    this.access = access;
  }

  /** What the caller may do; the same for the whole request when it is asked for once. */
  Rights rights() {
    return access.current();
  }

  @Nullable Long userId() {
    Users directory = users.getIfAvailable();
    return directory == null ? null : directory.current().map(Users.Person::id).orElse(null);
  }

  /** A person in a browser, or a program that sends its credentials with each request. */
  Cause cause(HttpServletRequest request) {
    Long userId = userId();
    if (userId == null) {
      return Cause.api(null);
    }
    boolean program =
        request.getHeader(HttpHeaders.AUTHORIZATION) != null || ActingPrincipal.byKey();
    return program ? Cause.api(userId) : Cause.user(userId);
  }
}
