package io.leadloom.identity;

import io.leadloom.identity.signin.Attempts;

/** The check of login and password that opens a browser session. */
public interface PasswordSignIn {

  /**
   * Checks against what the database holds now, and counts the attempt.
   *
   * @throws org.springframework.security.core.AuthenticationException when login or password is wrong; {@link WaitFirst}
   *     when there were too many wrong ones
   */
  Account check(Attempts.Attempt attempt, String password);
}
