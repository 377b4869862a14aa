package io.leadloom.automation.card.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardRun;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.decision.DecisionTables;
import io.leadloom.identity.Users;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.rules.verdict.Assignment;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Gives the record an owner (AUT-060, AUT-D18): a named user, by turns, to the least loaded, by weights, or by a
 * decision table. Inactive users are passed over; when nobody is left the owner stays and the history says so.
 */
@Component
final class OwnerAssign implements Card {

  private final DecisionTables tables;

  OwnerAssign(DecisionTables tables) {
    this.tables = tables;
  }

  @Override
  public String type() {
    return "owner.assign";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String how = settings.required("how");
    return switch (how) {
      case "user" -> named(settings, scope);
      case "roundRobin" -> byTurns(group(settings, scope));
      case "leastLoaded" -> toLeastLoaded(group(settings, scope));
      case "weights" -> byWeights(settings, scope);
      case "table" -> byTable(settings);
      default -> {
        if (!how.isEmpty()) {
          settings.problem("how", how, "user, roundRobin, leastLoaded, weights or table");
        }
        yield run -> Outcome.DONE;
      }
    };
  }

  private static Action named(CardSettings settings, CardScope scope) {
    String login = settings.required("user");
    Optional<Users.Person> person =
        login.isEmpty() ? Optional.empty() : scope.users().byLogin(bare(login));
    if (person.isEmpty() && !login.isEmpty()) {
      settings.problem("user", login, "the login of an existing user");
    }
    long id = person.map(Users.Person::id).orElse(0L);
    return run -> active(run, id) ? give(run, id) : nobody(run);
  }

  private static Action byTurns(Group group) {
    return run -> {
      List<Long> members = group.active(run);
      return members.isEmpty()
          ? nobody(run)
          : give(run, members.get((int) (run.takeTurn() % members.size())));
    };
  }

  private static Action toLeastLoaded(Group group) {
    return run -> {
      List<Long> members = group.active(run);
      return members.isEmpty() ? nobody(run) : give(run, run.leastLoaded(members));
    };
  }

  private static Action byWeights(CardSettings settings, CardScope scope) {
    Map<Long, Integer> weights = new LinkedHashMap<>();
    JsonNode json = settings.json().path("weights");
    json.properties()
        .forEach(
            entry -> {
              Optional<Users.Person> person = scope.users().byLogin(bare(entry.getKey()));
              int weight = entry.getValue().asInt(-1);
              if (person.isEmpty() || weight < 1 || weight > 1000) {
                settings.problem(
                    "weights." + entry.getKey(),
                    entry.getValue(),
                    "the login of an existing user and a weight from 1 to 1000");
              } else {
                weights.put(person.get().id(), weight);
              }
            });
    if (!json.isObject() || json.isEmpty()) {
      settings.problem("weights", null, "at least one user and a weight");
    }
    return run -> {
      Map<Long, Integer> active = new LinkedHashMap<>(weights);
      active.keySet().removeIf(id -> !active(run, id));
      return active.isEmpty() ? nobody(run) : give(run, weighted(active, run.takeTurn()));
    };
  }

  /** Spreads the turns evenly: over any full round each user comes as often as its weight says, never in a lump. */
  static long weighted(Map<Long, Integer> weights, long turn) {
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    long within = turn % total;
    List<Map.Entry<Long, Integer>> users = List.copyOf(weights.entrySet());
    int[] credit = new int[users.size()];
    int chosen = 0;
    for (long i = 0; i <= within; i++) {
      chosen = 0;
      for (int user = 0; user < credit.length; user++) {
        credit[user] += users.get(user).getValue();
        if (credit[user] > credit[chosen]) {
          chosen = user;
        }
      }
      credit[chosen] -= total;
    }
    return users.get(chosen).getKey();
  }

  private Action byTable(CardSettings settings) {
    String name = settings.required("table");
    if (name.isEmpty()) {
      return run -> Outcome.DONE;
    }
    if (!tables.names().contains(name)) {
      settings.problem("table", name, "one of: " + String.join(", ", tables.names()));
      return run -> Outcome.DONE;
    }
    DecisionTables.DecisionTable table = tables.named(name);
    return run -> {
      Optional<Record> record = run.record(run.root().type());
      Optional<Assignment> verdict =
          record.isEmpty() ? Optional.empty() : table.assign(List.of(record.get().values())).get(0);
      if (verdict.isEmpty()) {
        run.note("No row of the table fits, the owner stays");
        return Outcome.DONE;
      }
      run.note(verdict.get().rule());
      List<Long> members = members(verdict.get().to(), run);
      return members.isEmpty()
          ? nobody(run)
          : give(run, members.get((int) (run.takeTurn() % members.size())));
    };
  }

  /** The active users that a table means by {@code user:login} or {@code team:name}. */
  private static List<Long> members(String to, CardRun run) {
    String name = to.substring(to.indexOf(':') + 1);
    List<Long> named =
        to.startsWith("team:")
            ? run.users().team(name).map(Users.Team::members).orElse(List.of())
            : run.users().byLogin(name).map(person -> List.of(person.id())).orElse(List.of());
    return named.stream().filter(id -> active(run, id)).toList();
  }

  /** The users among whom a card distributes: a team as it is at the time, or named users. */
  private record Group(String team, List<Long> users) {
    List<Long> active(CardRun run) {
      List<Long> members =
          team.isEmpty()
              ? users
              : run.users().team(team).map(Users.Team::members).orElse(List.of());
      return members.stream().filter(id -> OwnerAssign.active(run, id)).toList();
    }
  }

  private static Group group(CardSettings settings, CardScope scope) {
    String team = settings.optional("team");
    List<Long> users = new ArrayList<>();
    for (String login : settings.texts("users")) {
      scope
          .users()
          .byLogin(bare(login))
          .map(Users.Person::id)
          .ifPresentOrElse(
              users::add, () -> settings.problem("users", login, "the login of an existing user"));
    }
    if (team == null && users.isEmpty()) {
      settings.problem("team", null, "a team, or at least one user");
    }
    if (team != null && scope.users().team(team).isEmpty()) {
      settings.problem("team", team, "the name of an existing team");
    }
    return new Group(team == null ? "" : team, users);
  }

  private static String bare(String login) {
    return login.startsWith("user:") ? login.substring(5) : login;
  }

  private static boolean active(CardRun run, long id) {
    return run.users().find(id).filter(Users.Person::active).isPresent();
  }

  private static Outcome give(CardRun run, long id) {
    run.users().find(id).ifPresent(person -> run.note("To " + person.name()));
    return run.change(new RecordCommand.Update(run.root(), null, Values.of("owner", id)));
  }

  private static Outcome nobody(CardRun run) {
    run.note("Nobody is active, the owner stays");
    return Outcome.DONE;
  }
}
