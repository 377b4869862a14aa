package io.leadloom.identity;

import io.leadloom.identity.signin.Attempts;

/** The check of login and password that opens a browser session. */
public interface PasswordSignIn {

  /**
   * Whose password was right.
   *
   * @param ends how often all sessions of the user had been ended before the password was checked
   */
  record Checked(Account account, long ends) {}

  /**
   * Checks against what the database holds now, and counts the attempt.
   *
   * @throws org.springframework.security.core.AuthenticationException when login or password is wrong; {@link WaitFirst}
   *     when there were too many wrong ones
   */
  Checked check(Attempts.Attempt attempt, String password);
}
