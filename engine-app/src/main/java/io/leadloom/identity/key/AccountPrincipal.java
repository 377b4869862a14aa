package io.leadloom.identity.key;

import io.leadloom.platform.audit.ActingPrincipal;
import java.security.Principal;

/** A program that acts for the account itself, by the account's key. No user stands behind it. */
record AccountPrincipal() implements Principal, ActingPrincipal {

  /** No login can be this: logins have no blanks. */
  private static final String NAME = "account key";

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public long id() {
    return 0;
  }

  @Override
  public String login() {
    return NAME;
  }

  @Override
  public String apiKey() {
    return NAME;
  }

  @Override
  public boolean account() {
    return true;
  }
}
