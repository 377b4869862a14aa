package io.leadloom.record.smart;

import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.SmartListDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The smart lists of all users (ENG-074 to ENG-089): who sees, makes, changes, shares and deletes them. */
@Component
public class SmartLists implements SmartListDirectory {

  /** So many lists are a page of tabs that nobody reads any more. */
  static final int MOST_OF_ONE = 500;

  private final SmartListRows rows;
  private final SmartListChecks checks;
  private final Ids ids;
  private final Clock clock;
  private final LiveUpdates updates;
  private final SmartUpkeep upkeep;

  SmartLists(
      SmartListRows rows,
      SmartListChecks checks,
      Ids ids,
      Clock clock,
      LiveUpdates updates,
      SmartUpkeep upkeep) {
    this.upkeep = upkeep;
    this.rows = rows;
    this.checks = checks;
    this.ids = ids;
    this.clock = clock;
    this.updates = updates;
  }

  /**
   * What is to be written of a list; null leaves it, or the usual for a new one.
   *
   * @param sort an empty one removes it
   * @param columns none removes them
   */
  public record Change(
      @Nullable String name,
      @Nullable String filter,
      @Nullable String sort,
      @Nullable List<String> columns,
      @Nullable Sharing sharing,
      @Nullable Set<Long> users,
      @Nullable Set<String> roles,
      @Nullable Boolean live) {}

  /** The lists over a kind of record that somebody sees, by name. */
  @Transactional(readOnly = true)
  public List<SmartList> all(String entity, Viewer viewer) {
    EntityType type = SmartListChecks.entity(entity);
    return reaches(type, viewer)
        ? rows.candidates(type, viewer.userId()).stream()
            .filter(list -> sees(list, viewer))
            .toList()
        : List.of();
  }

  /** A list that somebody sees; one that is kept from him is as if it were not there. */
  @Transactional(readOnly = true)
  public SmartList get(long id, Viewer viewer) {
    return seen(id, viewer);
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> name(long id) {
    return rows.find(id).map(SmartList::name);
  }

  @Override
  @Transactional(readOnly = true)
  public Map<Long, String> seen(Set<Long> ids, Rights rights) {
    Viewer viewer = checks.viewer(rights);
    return rows.byIds(ids).stream()
        .filter(list -> sees(list, viewer) && reaches(list.entity(), viewer))
        .collect(Collectors.toMap(SmartList::id, SmartList::name));
  }

  /**
   * How far the upkeep of live lists is, by list.
   *
   * @param lists over one kind of record
   * @param viewer numbers of members are for those who reach all records of the kind and may ask what the list asks
   * @param members whether their numbers are wanted, which costs a look at each member
   */
  @Transactional(readOnly = true)
  public Map<Long, Upkeep> upkeep(List<SmartList> lists, Viewer viewer, boolean members) {
    Set<Long> counted =
        lists.stream()
            .filter(list -> members && viewer.rights().owners(list.entity(), Action.VIEW).all())
            .filter(list -> checks.mayAsk(list, viewer))
            .map(SmartList::id)
            .collect(Collectors.toSet());
    return upkeep.progress(lists.stream().map(SmartList::id).collect(Collectors.toSet()), counted);
  }

  private SmartList seen(long id, Viewer viewer) {
    return rows.find(id)
        .filter(list -> sees(list, viewer) && reaches(list.entity(), viewer))
        .orElseThrow(() -> RefusedException.notFound("smart list", id));
  }

  /** A list is shared only with those who may ask what it asks; whoever made it sees it in any case. */
  private boolean sees(SmartList list, Viewer viewer) {
    return list.seenBy(viewer)
        && (list.ownerId() == viewer.userId() || checks.mayAsk(list, viewer));
  }

  private static boolean reaches(EntityType type, Viewer viewer) {
    return viewer.rights().may(Section.of(type), Action.VIEW);
  }

  /** Makes a list of the viewer's own. */
  @Transactional
  public SmartList create(String entity, Change wanted, Viewer viewer) {
    EntityType type = SmartListChecks.entity(entity);
    if (!reaches(type, viewer)) {
      throw RefusedException.forbidden("Your permissions do not include " + type.path());
    }
    Instant now = clock.instant();
    SmartList empty =
        new SmartList(
            ids.next("smart_list"),
            1,
            type,
            "",
            "",
            null,
            List.of(),
            viewer.userId(),
            Sharing.PRIVATE,
            Set.of(),
            Set.of(),
            false,
            now,
            now);
    SmartListChecks.name(wanted.name());
    return insert(changed(empty, wanted, viewer));
  }

  private SmartList insert(SmartList list) {
    if (rows.count(list.ownerId()) >= MOST_OF_ONE) {
      throw RefusedException.invalid(
          "There are too many smart lists",
          Violation.of("name", list.name(), "at most " + MOST_OF_ONE + " lists of one user"));
    }
    try {
      rows.insert(list);
    } catch (DuplicateKeyException e) {
      throw taken(list.name());
    }
    upkeep.changed(list, false);
    tell(list.id());
    return list;
  }

  /**
   * Changes a list.
   *
   * @param version the version that the caller has seen; null to write whatever stands there
   */
  @Transactional
  public SmartList change(long id, @Nullable Integer version, Change wanted, Viewer viewer) {
    SmartList before = changeable(id, viewer);
    if (version != null && version != before.version()) {
      throw stale(before.version());
    }
    SmartList after = changed(before, wanted, viewer);
    SmartList next =
        new SmartList(
            id,
            before.version() + 1,
            before.entity(),
            after.name(),
            after.filter(),
            after.sort(),
            after.columns(),
            before.ownerId(),
            after.sharing(),
            after.users(),
            after.roles(),
            after.live(),
            before.createdAt(),
            clock.instant());
    try {
      if (!rows.update(next)) {
        throw stale(null);
      }
    } catch (DuplicateKeyException e) {
      throw taken(next.name());
    }
    upkeep.changed(next, !next.filter().equals(before.filter()));
    tell(id);
    return next;
  }

  private SmartList changeable(long id, Viewer viewer) {
    SmartList list = seen(id, viewer);
    if (!list.changedBy(viewer)) {
      throw RefusedException.forbidden(
          "A smart list is changed by who made it, or by an administrator; make a copy of your own");
    }
    return list;
  }

  private SmartList changed(SmartList before, Change wanted, Viewer viewer) {
    Sharing sharing = wanted.sharing() == null ? before.sharing() : wanted.sharing();
    if (wanted.sharing() != null && sharing != Sharing.PRIVATE && !viewer.mayShare()) {
      throw RefusedException.forbidden("Your lists stay your own: your role cannot share them");
    }
    boolean chosen = sharing == Sharing.CHOSEN;
    Set<Long> users =
        !chosen ? Set.of() : wanted.users() == null ? before.users() : checks.users(wanted.users());
    Set<String> roles =
        !chosen
            ? Set.of()
            : wanted.roles() == null ? before.roles() : SmartListChecks.roles(wanted.roles());
    if ((wanted.users() != null || wanted.roles() != null) && !chosen && wanted.sharing() == null) {
      throw RefusedException.invalid(
          "The list is not shared with chosen users",
          Violation.of("sharing", sharing.key(), "chosen, when users or roles are given"));
    }
    if (chosen && users.isEmpty() && roles.isEmpty()) {
      throw RefusedException.invalid(
          "The list is shared with nobody",
          Violation.of("users", null, "at least one user or role"));
    }
    return new SmartList(
        before.id(),
        before.version(),
        before.entity(),
        wanted.name() == null ? before.name() : SmartListChecks.name(wanted.name()),
        wanted.filter() == null
            ? before.filter()
            : checks.filter(before.entity(), wanted.filter(), viewer),
        wanted.sort() == null ? before.sort() : checks.sort(before.entity(), wanted.sort(), viewer),
        wanted.columns() == null
            ? before.columns()
            : checks.columns(before.entity(), wanted.columns(), viewer),
        before.ownerId(),
        sharing,
        users,
        roles,
        wanted.live() == null ? before.live() : wanted.live(),
        before.createdAt(),
        before.updatedAt());
  }

  /** Makes a list of the viewer's own with the same filter, columns and order, and " copy" after its name (ENG-085). */
  @Transactional
  public SmartList copy(long id, Viewer viewer) {
    SmartList list = seen(id, viewer);
    String filter = checks.filter(list.entity(), list.filter(), viewer);
    Instant now = clock.instant();
    return insert(
        new SmartList(
            ids.next("smart_list"),
            1,
            list.entity(),
            freeName(list.name(), viewer.userId()),
            filter,
            list.sort(),
            list.columns(),
            viewer.userId(),
            Sharing.PRIVATE,
            Set.of(),
            Set.of(),
            false,
            now,
            now));
  }

  private String freeName(String name, long owner) {
    for (int i = 1; ; i++) {
      String suffix = i == 1 ? " copy" : " copy " + i;
      String start = name.substring(0, Math.min(name.length(), 250 - suffix.length()));
      if (!rows.taken(owner, start + suffix, 0)) {
        return start + suffix;
      }
    }
  }

  /** Deletes a list; the records stay (ENG-089). */
  @Transactional
  public void delete(long id, Viewer viewer) {
    changeable(id, viewer);
    rows.delete(id);
    upkeep.removed(id);
    tell(id);
  }

  /** The columns of a user's own view of a list, as they may be kept. */
  @Transactional(readOnly = true)
  public List<String> columns(EntityType entity, List<String> keys, Viewer viewer) {
    return checks.columns(entity, keys, viewer);
  }

  /** The order of a user's own view of a list, as it may be kept. */
  @Transactional(readOnly = true)
  public @Nullable String sort(EntityType entity, @Nullable String sort, Viewer viewer) {
    return checks.sort(entity, sort, viewer);
  }

  private void tell(long id) {
    AfterCommit.run(() -> updates.publish("smartList.changed", id));
  }

  private static RefusedException stale(@Nullable Integer now) {
    return new RefusedException(
        Reason.CONFLICT,
        "The list was changed in the meantime",
        List.of(Violation.of("version", now, "the present version of the list")));
  }

  private static RefusedException taken(String name) {
    return RefusedException.invalid(
        "You have a list of this name",
        Violation.of("name", name, "a name that no other list of its owner has"));
  }
}
