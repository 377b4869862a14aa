package io.leadloom.identity;

/** Passwords that are set through a link in a mail: forgotten ones, and the first one of an invited user (SET-033). */
public interface PasswordByMail {

  /**
   * Asks for a link for whoever has this login or e-mail address. Returns at once and says nothing, so that nobody learns
   * who is a user here.
   */
  void forgotten(String loginOrAddress);

  /**
   * Sends a user a link that sets the first password, good for 72 hours.
   *
   * @throws io.leadloom.platform.RefusedException when the user has no e-mail address or is inactive
   */
  void invite(long userId);

  /**
   * Sets the password and ends all sessions of the user.
   *
   * @throws io.leadloom.platform.RefusedException when the link is unknown, used or too old, or the password does not do
   */
  void set(String token, String password);
}
