package io.leadloom.platform.audit;

import org.jspecify.annotations.Nullable;

/** What the principal of a request must tell, so that the trail can name who acted. */
public interface ActingPrincipal {

  /** The user's id. */
  long id();

  /** The user's login. */
  String login();

  /** The name of the API key that was used; null for a session or a password. */
  default @Nullable String apiKey() {
    return null;
  }
}
