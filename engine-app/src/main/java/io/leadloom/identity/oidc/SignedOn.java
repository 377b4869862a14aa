package io.leadloom.identity.oidc;

import io.leadloom.identity.factor.SecondStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** What follows when a provider has vouched for a user: the same session, and the same second step, as after a password. */
public interface SignedOn {

  /**
   * Opens the session of a user, or one that waits for the second step.
   *
   * @param strong whether the provider has seen a second factor itself
   */
  Opened open(
      long userId,
      String provider,
      boolean strong,
      HttpServletRequest request,
      HttpServletResponse response);

  /**
   * A session.
   *
   * @param needed what is still to be done in it
   * @param elsewhere the mobile web app that the user works in (PLT-071); null for these pages
   */
  record Opened(SecondStep.Needed needed, @Nullable String elsewhere) {}
}
