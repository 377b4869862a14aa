package io.leadloom.platform.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What the principal of a request must tell, so that the trail can name who acted. */
public interface ActingPrincipal {

  /** Who stands behind the request of the current thread; empty outside of requests and for whoever is not signed in. */
  static Optional<ActingPrincipal> current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof ActingPrincipal acting
        ? Optional.of(acting)
        : Optional.empty();
  }

  /** The user's id; without meaning for the account itself. */
  long id();

  /** The user's login. */
  String login();

  /** The name of the API key that was used; null for a session or a password. */
  default @Nullable String apiKey() {
    return null;
  }

  /** Whether the account itself acts, by its key, and no user. */
  default boolean account() {
    return false;
  }

  /** Whether the current request was let in by a key of a user or of the account. */
  static boolean byKey() {
    return current().map(ActingPrincipal::apiKey).isPresent();
  }
}
