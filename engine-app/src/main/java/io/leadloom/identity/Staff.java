package io.leadloom.identity;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The door for changing users and teams. Refuses by {@code RefusedException}: logins that are taken, cycles in the
 * hierarchy, passwords that are too short, leaving the installation without an active administrator.
 */
public interface Staff {

  /** All users by login, inactive ones too. */
  List<Account> accounts();

  Account account(long id);

  /** Whether there is nobody yet who could sign in. */
  boolean isEmpty();

  Account create(NewAccount account);

  /**
   * Makes several users in their order and one transaction; a superior is named by its place in the list, counted from
   * 0. The passwords are the caller's business: they may be as short as those of the sample data, and are hashed in
   * little time until the first sign-in.
   */
  List<Account> enroll(List<NewAccount> accounts);

  /**
   * Brings several users to these states in one transaction, superiors in any order. A user with a negative id is made and
   * has no password until a link by mail sets one; superiors name such users by the same negative id. A user with a
   * positive id is changed, if the version is still the present one; the login stays.
   *
   * @return the users as they are now, in the same order
   */
  List<Account> bring(List<Account> people);

  /** Which of these users cannot sign in with a password because none has been set yet. */
  Set<Long> withoutPassword(Set<Long> ids);

  /** The users with an e-mail address that they have entered themselves and nobody has confirmed, nor a link by mail. */
  Set<Long> withUnconfirmedEmail();

  /**
   * Changes a user; of the attributes, null means "leave it". A new password or "not active" ends all sessions; with
   * a new e-mail address, links in mails to the old one no longer work. With each of the three, people at providers of
   * single sign-on who were linked to the user no longer are. Nobody gives himself another e-mail address or password this
   * way.
   */
  Account change(long id, AccountChange change);

  /**
   * The same for a user who changes himself and has given the present password for another e-mail address: nobody vouches
   * for that address yet, and people at providers stay linked.
   */
  Account changeOwn(long id, AccountChange change);

  /**
   * Vouches for the e-mail address of another user.
   *
   * @param email the address that is meant, which must be the present one
   */
  Account confirmEmail(long id, String email);

  /**
   * Refuses a present password that is wrong, before something that could take an account over; counts as a try to sign
   * in.
   */
  void verifyPassword(long id, String present);

  /**
   * Sets the own password after checking the present one, and ends all sessions.
   *
   * @return how often all sessions of the user have been ended, this time included
   */
  long changePassword(long id, String present, String next);

  Users.Team createTeam(String name, List<Long> members);

  /** Renames a team or replaces its members. */
  Users.Team changeTeam(long id, TeamChange change);

  void deleteTeam(long id);

  /**
   * Makes a user a member of these teams and of no others; who joins a team takes the last turn in it.
   *
   * @throws io.leadloom.platform.RefusedException when there is no such user or team
   */
  void setTeams(long userId, Set<Long> teams);

  List<Users.Team> teams();

  /** Users and teams as the current transaction sees them, with what it has changed itself. */
  Roster roster();

  /** Another number after each change of users, passwords, teams or permissions; nodes notice within two seconds. */
  long version();

  /** The present version and what users and teams are at it; within a change what they were before it. */
  Known known();

  /** Whether the current transaction changes users or permissions. */
  boolean inChange();

  /** Users and teams of one version. */
  record Known(long version, Roster roster) {}

  /**
   * Does work that changes who may do what, in a transaction in which nobody else changes users or permissions; every
   * node and open session goes by the new state afterwards.
   */
  <T> T alone(Supplier<T> work);

  /**
   * Does work that changes of all users only what this one is called, how the user is reached, language, times and picture,
   * and nothing that rights are made of; nobody else changes users or permissions meanwhile.
   */
  <T> T aside(long userId, Supplier<T> work);

  /** Watches over changes of users, teams and permissions, whoever makes them. */
  interface Guard {

    /**
     * Called in the transaction of a change, before anything is changed and while nobody else can. Refuses by {@code
     * RefusedException}, also as late as just before the commit.
     */
    void changing();

    /**
     * Called instead of {@link #changing} when the change is nothing but name, contact, password, language and the like of
     * one user: it moves nobody's rights, but not everybody may make it.
     *
     * @param before the user as the transaction sees him
     */
    void changingDetails(Account before);
  }

  /**
   * A change of a team; null means "leave it".
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param members their ids in the order of their turns
   */
  record TeamChange(
      @Nullable Integer version, @Nullable String name, @Nullable List<Long> members) {}

  /** A user to be made; the password keeps {@link io.leadloom.identity.password.PasswordRules}. */
  record NewAccount(
      String login,
      String name,
      @Nullable String email,
      @Nullable String phone,
      String password,
      Set<Role> roles,
      @Nullable String timeZone,
      @Nullable String locale,
      @Nullable Long reportsTo) {}

  /**
   * A change of a user.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param reportsTo the new superior; 0 for none
   */
  record AccountChange(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String password,
      @Nullable Set<Role> roles,
      @Nullable Boolean active,
      @Nullable String timeZone,
      @Nullable String locale,
      @Nullable Long reportsTo) {}
}
