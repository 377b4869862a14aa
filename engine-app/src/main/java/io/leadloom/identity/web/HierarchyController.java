package io.leadloom.identity.web;

import io.leadloom.identity.Account;
import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.tree.Move;
import io.leadloom.identity.tree.Moves;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who reports to whom, moves in it, and their history. */
@Tag(name = "Hierarchy")
@RestController
@RequestMapping("/api/v1")
class HierarchyController {

  private static final int MOST = 1_000;

  private final Staff staff;
  private final Hierarchy hierarchy;
  private final Moves moves;
  private final ObjectProvider<Hierarchy.Holdings> holdings;

  HierarchyController(
      Staff staff, Hierarchy hierarchy, Moves moves, ObjectProvider<Hierarchy.Holdings> holdings) {
    this.staff = staff;
    this.hierarchy = hierarchy;
    this.moves = moves;
    this.holdings = holdings;
  }

  /**
   * A place in the tree.
   *
   * @param below how many report to this user, directly or through others
   */
  record Place(
      long id,
      int version,
      String login,
      String name,
      List<String> roles,
      boolean active,
      @Nullable Long reportsTo,
      int below) {}

  /**
   * What a move would do.
   *
   * @param people how many come under the new superior: the user and all below
   * @param records how much they own together, by kind; null for somebody who comes under nobody
   */
  record Effect(int version, int people, long total, Map<String, Long> records) {}

  /** A move: the superior's id, or null for none. */
  record MoveInput(@Nullable Integer version, @Nullable Long superior) {}

  @Operation(
      summary = "The reporting hierarchy by name, as places that name their superior",
      description = "Inactive users are in it: others may still report to them.")
  @GetMapping("/hierarchy")
  Page<Place> places(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "200") int limit) {
    List<Account> all =
        staff.accounts().stream()
            .sorted(
                Comparator.comparing((Account account) -> String.valueOf(Folded.of(account.name())))
                    .thenComparing(Account::id))
            .toList();
    Map<Long, Integer> below = below(all);
    return Pages.of(
        all,
        Account::id,
        cursor,
        limit,
        MOST,
        page ->
            page.stream()
                .map(account -> place(account, below.getOrDefault(account.id(), 0)))
                .toList());
  }

  /** How many are below each user: everybody counts for all above. */
  private Map<Long, Integer> below(List<Account> all) {
    Map<Long, Integer> below = new HashMap<>();
    for (Account account : all) {
      hierarchy.above(account.id()).forEach(superior -> below.merge(superior, 1, Integer::sum));
    }
    return below;
  }

  private static Place place(Account account, int below) {
    return new Place(
        account.id(),
        account.version(),
        account.login(),
        account.name(),
        account.roles().stream().sorted().map(Role::key).toList(),
        account.active(),
        account.reportsTo(),
        below);
  }

  @Operation(
      summary = "The history of moves, newest first",
      description = "Every way to move is in it: the form, the tree, imports and this API.")
  @GetMapping("/hierarchy/moves")
  @Needs(section = Section.USERS, value = Action.EDIT)
  Page<Move> moves(
      @RequestParam(required = false) @Nullable Long user,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return moves.list(user, cursor, limit);
  }

  @Operation(
      summary = "What it would do to move a user",
      description = "Refused like the move itself when the new superior reports to the user.")
  @GetMapping("/users/{id}/superior")
  @Needs(section = Section.USERS, value = Action.EDIT)
  Effect effect(@PathVariable long id, @RequestParam(required = false) @Nullable Long superior) {
    Account account = staff.account(id);
    if (superior != null) {
      Account above = staff.account(superior);
      if (superior == id || hierarchy.above(superior).contains(id)) {
        throw RefusedException.invalid(
            superior == id
                ? account.name() + " cannot report to themselves"
                : above.name()
                    + " reports to "
                    + account.name()
                    + ", directly or through others: nobody can be above themselves",
            Violation.of("superior", superior, "a user who does not report to this one"));
      }
    }
    Set<Long> moved = new HashSet<>(hierarchy.below(id));
    moved.add(id);
    Map<String, Long> records = holdings.getObject().of(moved);
    return new Effect(
        account.version(),
        moved.size(),
        records.values().stream().mapToLong(Long::longValue).sum(),
        records);
  }

  @Operation(
      summary = "Moves a user, with all below, under another superior or under none",
      description =
          "With 'version' it is refused (409) when somebody else changed the user meanwhile. Counts for everybody's next"
              + " request; those that run keep the rights they began with.")
  @PutMapping("/users/{id}/superior")
  @Needs(section = Section.USERS, value = Action.EDIT)
  Place move(@PathVariable long id, @RequestBody MoveInput move) {
    Long superior = move.superior();
    Account moved =
        staff.change(
            id,
            new Staff.AccountChange(
                move.version(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Objects.requireNonNullElse(superior, 0L)));
    return place(moved, hierarchy.below(id).size());
  }
}
