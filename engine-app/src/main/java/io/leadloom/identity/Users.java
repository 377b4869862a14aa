package io.leadloom.identity;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door to the people who work here. Answered from memory; other nodes' changes arrive within two seconds. */
public interface Users {

  Optional<Person> find(long id);

  /** Finds a user, also an inactive one, by login without letter case. */
  Optional<Person> byLogin(String login);

  /** Finds a team by its name (without letter case) or its id as text. */
  Optional<Team> team(String nameOrId);

  /** Whoever is signed in on the current thread; empty outside a request. */
  Optional<Person> current();

  /** The roles of a user, also of an inactive one; none for who is not there. */
  Set<Role> roles(long id);

  /** Those of these users who take the reminders of follow-ups inside Leadloom only (LEAD-091). */
  default Set<Long> withoutReminderMail(Collection<Long> users) {
    return Set.of();
  }

  /** How somebody reads; empty for who is not there. */
  default Optional<Reader> reader(long userId) {
    return Optional.empty();
  }

  /**
   * How somebody reads.
   *
   * @param locale the language of their choice; null for that of the account
   * @param timeZone the zone of their choice; null for that of the account
   */
  record Reader(@Nullable String locale, @Nullable String timeZone) {}

  /**
   * A user.
   *
   * @param administrator whether the user may do everything, for example write raw rules
   */
  record Person(
      long id,
      String login,
      String name,
      @Nullable String email,
      boolean active,
      boolean administrator) {}

  /**
   * A team.
   *
   * @param members its members' user ids, in the order in which they take turns
   * @param version the base of optimistic locking
   */
  record Team(long id, String name, List<Long> members, int version) {
    public Team {
      members = List.copyOf(members);
    }
  }
}
