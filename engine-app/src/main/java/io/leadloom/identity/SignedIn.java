package io.leadloom.identity;

import io.leadloom.platform.audit.ActingPrincipal;
import java.io.Serializable;
import java.security.Principal;

/** Who stands behind a request. Rights are looked up by the id each time, so that taking one away works at once. */
record SignedIn(long id, String login) implements Principal, Serializable, ActingPrincipal {

  @Override
  public String getName() {
    return login;
  }
}
