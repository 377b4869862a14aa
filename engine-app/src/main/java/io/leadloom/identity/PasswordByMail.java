package io.leadloom.identity;

import java.util.Collection;

/** Passwords that are set through a link in a mail: forgotten ones, and the first one of an invited user (SET-033). */
public interface PasswordByMail {

  /**
   * Asks for a link for whoever has this login or e-mail address. Returns at once and says nothing, so that nobody learns
   * who is a user here.
   */
  void forgotten(String loginOrAddress);

  /**
   * Sends users a link each that sets the first password, good for 72 hours. Takes part in the caller's transaction: the
   * mails leave after its commit, from any node.
   *
   * @throws io.leadloom.platform.RefusedException when one of them has no e-mail address or is inactive
   */
  void invite(Collection<Account> accounts);

  /** Sends invitations that still wait, for example because a node ended before it came to them. */
  void sendInvitations();

  /**
   * Sets the password and ends all sessions of the user.
   *
   * @throws io.leadloom.platform.RefusedException when the link is unknown, used or too old, or the password does not do
   */
  void set(String token, String password);
}
