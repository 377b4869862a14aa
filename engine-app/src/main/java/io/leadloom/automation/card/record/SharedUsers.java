package io.leadloom.automation.card.record;

import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.identity.Users;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The users whom cards about sharing name by {@code user:login} or the login alone. */
final class SharedUsers {

  private static final String USER = "user:";
  private static final String EXPECTED = "the login of an existing user";

  private SharedUsers() {}

  static Optional<Users.Person> one(CardSettings settings, String key, CardScope scope) {
    String login = settings.required(key);
    Optional<Users.Person> person = find(login, scope);
    if (person.isEmpty() && !login.isEmpty()) {
      settings.problem(key, login, EXPECTED);
    }
    return person;
  }

  static Set<Long> many(CardSettings settings, String key, CardScope scope) {
    Set<Long> users = new LinkedHashSet<>();
    for (String login : settings.texts(key)) {
      find(login, scope)
          .map(Users.Person::id)
          .ifPresentOrElse(users::add, () -> settings.problem(key, login, EXPECTED));
    }
    return users;
  }

  private static Optional<Users.Person> find(String login, CardScope scope) {
    String bare = login.startsWith(USER) ? login.substring(USER.length()) : login;
    return bare.isEmpty() ? Optional.empty() : scope.users().byLogin(bare);
  }
}
