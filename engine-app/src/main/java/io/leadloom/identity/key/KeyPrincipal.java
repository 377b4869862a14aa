package io.leadloom.identity.key;

import io.leadloom.platform.audit.ActingPrincipal;
import java.security.Principal;

/** A program that acts for a user by a key. */
record KeyPrincipal(long id, String login, String apiKey) implements Principal, ActingPrincipal {

  @Override
  public String getName() {
    return login;
  }
}
