package io.leadloom.automation.card;

import io.leadloom.identity.Users;
import io.leadloom.record.Record;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whom a card means by {@code owner} or {@code user:login}. */
public final class People {

  public static final String OWNER = "owner";
  private static final String USER = "user:";

  private People() {}

  /** The user who owns the run's record, also an inactive one. */
  public static Optional<Users.Person> owner(CardRun run) {
    Optional<Record> record = run.record(run.root().type());
    Object owner = record.isEmpty() ? null : record.get().values().get("owner");
    return owner instanceof Long id ? run.users().find(id) : Optional.empty();
  }

  /** Checks a setting that names a person: {@code owner} or {@code user:login}; absent means the owner. */
  public static String check(CardSettings settings, String key, CardScope scope) {
    String who = settings.optional(key);
    if (who == null || who.equals(OWNER)) {
      return OWNER;
    }
    if (!who.startsWith(USER) || scope.users().byLogin(who.substring(USER.length())).isEmpty()) {
      settings.problem(key, who, "owner, or user: and the login of an existing user");
    }
    return who;
  }

  /** The person meant, when there is one and the person is active. */
  public static Users.@Nullable Person find(String who, CardRun run) {
    Optional<Users.Person> person =
        who.equals(OWNER) ? owner(run) : run.users().byLogin(who.substring(USER.length()));
    return person.filter(Users.Person::active).orElse(null);
  }
}
