package io.leadloom.identity.intake;

import io.leadloom.identity.Account;
import io.leadloom.platform.Folded;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users who are there, by what a file calls them. An address that somebody has entered in the own profile and nobody
 * has confirmed means nobody: otherwise whoever enters that of another would get what the other is to have.
 */
final class UsersThere {

  private final Map<String, List<Account>> byAddress = new HashMap<>();
  private final Map<String, Account> byUnconfirmed = new HashMap<>();
  private final Map<String, Account> byLogin = new HashMap<>();

  UsersThere(Collection<Account> accounts, Set<Long> withUnconfirmedEmail) {
    for (Account account : accounts) {
      byLogin.put(folded(account.login()), account);
      if (account.email() == null) {
        continue;
      }
      String address = folded(account.email());
      if (withUnconfirmedEmail.contains(account.id())) {
        byUnconfirmed.putIfAbsent(address, account);
      } else {
        byAddress.computeIfAbsent(address, one -> new ArrayList<>()).add(account);
      }
    }
  }

  private static String folded(String text) {
    return String.valueOf(Folded.of(text));
  }

  List<Account> at(String address) {
    return byAddress.getOrDefault(folded(address), List.of());
  }

  @Nullable Account withLogin(String login) {
    return byLogin.get(folded(login));
  }

  /** Why nobody can be meant by an address; null when nothing is against it. */
  @Nullable String refusal(String address) {
    int several = at(address).size();
    if (several > 1) {
      return "an address of one user: " + several + " users have this one";
    }
    Account claims = several == 1 ? null : byUnconfirmed.get(folded(address));
    return claims == null
        ? null
        : "an address that is confirmed: "
            + claims.name()
            + " has entered this one, and nobody has confirmed it";
  }
}
