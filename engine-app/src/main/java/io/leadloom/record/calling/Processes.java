package io.leadloom.record.calling;

import io.leadloom.identity.Users;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to processes: administrators make and change them, their supervisors keep what is in them, and for everybody
 * else they are not there (LEAD-002, LEAD-004).
 */
@Component
public class Processes {

  private static final int MOST_PEOPLE = 1_000;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final ProcessRows rows;
  private final TableRows tables;
  private final Users users;
  private final Access access;
  private final Ids ids;
  private final AuditTrail trail;

  Processes(
      ProcessRows rows, TableRows tables, Users users, Access access, Ids ids, AuditTrail trail) {
    this.rows = rows;
    this.tables = tables;
    this.users = users;
    this.access = access;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What becomes of a process; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param defaultCountry an ISO code; empty for none
   * @param supervisors all of them
   * @param agents all other people; who is named as supervisor too is a supervisor
   */
  public record Change(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable Long tableDefinition,
      @Nullable String timeZone,
      @Nullable String defaultCountry,
      @Nullable List<Long> supervisors,
      @Nullable List<Long> agents) {}

  /** One page of the processes that whoever asks keeps, by name. */
  @Transactional(readOnly = true)
  public Page<CallProcess> page(@Nullable String cursor, int limit) {
    int read = Named.read(limit);
    byte[] after = Named.after(cursor);
    Rights rights = access.current();
    Long user = rights.userId();
    List<CallProcess> found =
        rights.everything()
            ? rows.page(after, read)
            : user == null ? List.of() : rows.supervised(user, after, read);
    return Named.page(found, limit, CallProcess::name);
  }

  /** A process that whoever asks keeps. */
  @Transactional(readOnly = true)
  public CallProcess get(long id) {
    return kept(rows.find(id), id);
  }

  /** The columns of such a process. */
  @Transactional(readOnly = true)
  public TableDefinition table(long id) {
    long table = get(id).tableDefinition();
    return tables.find(table).orElseThrow(() -> unknownTable(table));
  }

  /** The same process, which nobody else changes, nor anything in it, until the transaction ends. */
  CallProcess lock(long id) {
    return lock(id, access.current());
  }

  /** The same for somebody with these rights. */
  CallProcess lock(long id, Rights rights) {
    // Told first: others should not wait for somebody who is refused in the end.
    kept(rows.find(id), id, rights);
    return kept(rows.lock(id), id, rights);
  }

  /** The columns of a process that the caller has already got. */
  TableDefinition tableOf(CallProcess process) {
    return tables
        .find(process.tableDefinition())
        .orElseThrow(() -> unknownTable(process.tableDefinition()));
  }

  private CallProcess kept(Optional<CallProcess> found, long id) {
    return kept(found, id, access.current());
  }

  private static CallProcess kept(Optional<CallProcess> found, long id, Rights rights) {
    CallProcess process = found.orElseThrow(() -> missing(id));
    Long user = rights.userId();
    if (rights.everything() || user != null && process.supervisors().contains(user)) {
      return process;
    }
    if (user != null && process.agents().contains(user)) {
      throw RefusedException.forbidden("Only its supervisors keep what is in a process");
    }
    throw missing(id);
  }

  @Transactional
  public CallProcess create(Change wanted) {
    CallProcess made = with(ids.next("call_process"), null, wanted);
    rows.insert(made);
    trail.record(event(null, made));
    return get(made.id());
  }

  @Transactional
  public CallProcess change(long id, Change change) {
    CallProcess before = rows.lock(id).orElseThrow(() -> missing(id));
    Named.present("the process", change.version(), before.version());
    CallProcess after = with(id, before, change);
    if (after.tableDefinition() != before.tableDefinition() && before.lists() > 0) {
      throw RefusedException.invalid(
          "The process has lead lists of its present table definition",
          Violation.of(
              "tableDefinition",
              after.tableDefinition(),
              "the present one, since " + before.lists() + " lead lists have its columns"));
    }
    owned(before, after);
    rows.update(after);
    AuditEvent event = event(before, after);
    if (!event.unchanged()) {
      trail.record(event);
    }
    return get(id);
  }

  /** Who owns lists of a process works in it (LEAD-013), so the lists get another owner first. */
  private void owned(CallProcess before, CallProcess after) {
    List<Violation> violations = new ArrayList<>();
    rows.owners(before.id())
        .forEach(
            (owner, lists) -> {
              if (before.people().contains(owner) && !after.people().contains(owner)) {
                String name = users.find(owner).map(Users.Person::name).orElse("#" + owner);
                violations.add(
                    Violation.of(
                        before.supervisors().contains(owner) ? "supervisors" : "agents",
                        owner,
                        "still with "
                            + name
                            + ", who owns "
                            + lists
                            + (lists == 1 ? " lead list" : " lead lists")));
              }
            });
    Named.refuse("Lead lists of the process belong to somebody who would leave it", violations);
  }

  @Transactional
  public void delete(long id) {
    CallProcess before = rows.lock(id).orElseThrow(() -> missing(id));
    if (before.lists() > 0) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The process still has lead lists: " + before.lists(),
          List.of(Violation.of("lists", before.lists(), "a process without lead lists")));
    }
    AuditEvent event =
        event(before, null).change("campaigns", Named.some(rows.campaigns(id)), null);
    rows.delete(id);
    trail.record(event);
  }

  private CallProcess with(long id, @Nullable CallProcess before, Change change) {
    List<Violation> violations = new ArrayList<>();
    Optional<String> name =
        before != null && change.name() == null
            ? Optional.of(before.name())
            : Named.name("name", change.name(), Named.LONGEST, violations);
    long table = table(before, change.tableDefinition(), violations);
    String zone =
        before != null && change.timeZone() == null
            ? before.timeZone()
            : Zones.zone(change.timeZone(), violations).orElse("");
    String country =
        before != null && change.defaultCountry() == null
            ? before.defaultCountry()
            : country(change.defaultCountry(), violations);
    Set<Long> known = before == null ? Set.of() : new HashSet<>(before.people());
    List<Long> supervisors =
        before != null && change.supervisors() == null
            ? before.supervisors()
            : people("supervisors", change.supervisors(), known, violations);
    List<Long> agents =
        before != null && change.agents() == null
            ? before.agents()
            : people("agents", change.agents(), known, violations);
    Named.refuse("The process does not do", violations);
    return new CallProcess(
        id,
        name.orElse(""),
        table,
        zone,
        country,
        supervisors,
        agents.stream().filter(agent -> !supervisors.contains(agent)).toList(),
        before == null ? 0 : before.lists(),
        before == null ? 1 : before.version() + 1);
  }

  private long table(
      @Nullable CallProcess before, @Nullable Long wanted, List<Violation> violations) {
    if (before != null && (wanted == null || wanted == before.tableDefinition())) {
      return before.tableDefinition();
    }
    // Locked, so that nobody deletes it before the process stands on it.
    if (wanted == null || tables.lock(wanted).isEmpty()) {
      violations.add(
          Violation.of("tableDefinition", wanted, "the id of an existing table definition"));
      return 0;
    }
    return wanted;
  }

  private static @Nullable String country(@Nullable String wanted, List<Violation> violations) {
    if (wanted == null || wanted.isBlank()) {
      return null;
    }
    String code = wanted.strip().toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(code)) {
      violations.add(
          Violation.of("defaultCountry", wanted, "an ISO code of two letters such as IN or DE"));
    }
    return code;
  }

  /** Somebody new must be active; who is there already may have been deactivated since. */
  private List<Long> people(
      String field, @Nullable List<Long> wanted, Set<Long> known, List<Violation> violations) {
    Set<Long> people = Named.ids(field, wanted, violations);
    if (people.size() > MOST_PEOPLE) {
      violations.add(Violation.of(field, people.size(), "at most " + MOST_PEOPLE + " users"));
      return List.of();
    }
    for (Long person : people) {
      if (!known.contains(person) && users.find(person).filter(Users.Person::active).isEmpty()) {
        violations.add(Violation.of(field, person, "ids of active users"));
      }
    }
    return List.copyOf(people);
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("process", id);
  }

  private static RefusedException unknownTable(long id) {
    return RefusedException.notFound("table definition", id);
  }

  private AuditEvent event(@Nullable CallProcess before, @Nullable CallProcess after) {
    CallProcess shown = after == null ? Objects.requireNonNull(before) : after;
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("process." + what, "process", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change("tableDefinition", tableName(before), tableName(after))
        .change(
            "timeZone",
            before == null ? null : before.timeZone(),
            after == null ? null : after.timeZone())
        .change(
            "defaultCountry",
            before == null ? null : before.defaultCountry(),
            after == null ? null : after.defaultCountry())
        .change(
            "supervisors",
            before == null ? null : logins(before.supervisors()),
            after == null ? null : logins(after.supervisors()))
        .change(
            "agents",
            before == null ? null : logins(before.agents()),
            after == null ? null : logins(after.agents()));
  }

  private @Nullable String tableName(@Nullable CallProcess process) {
    return process == null
        ? null
        : tables.find(process.tableDefinition()).map(TableDefinition::name).orElse(null);
  }

  /** Users by login, for the audit trail. */
  List<String> logins(List<Long> people) {
    return people.stream()
        .map(id -> users.find(id).map(Users.Person::login).orElse("#" + id))
        .sorted()
        .toList();
  }
}
