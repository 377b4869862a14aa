package io.leadloom.record.calling;

import io.leadloom.identity.Users;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to the lead lists of processes, for who keeps the process (LEAD-008 to LEAD-026, LEAD-030 to LEAD-037). */
@Component
public class LeadLists {

  private static final int LONGEST_DESCRIPTION = 1_000;

  private final LeadListRows rows;
  private final CampaignRows campaigns;
  private final Processes processes;
  private final Users users;
  private final Access access;
  private final Ids ids;
  private final AuditTrail trail;
  private final Clock clock;

  LeadLists(
      LeadListRows rows,
      CampaignRows campaigns,
      Processes processes,
      Users users,
      Access access,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    this.rows = rows;
    this.campaigns = campaigns;
    this.processes = processes;
    this.users = users;
    this.access = access;
    this.ids = ids;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * What becomes of a list; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param process the present one: any other is refused (LEAD-019)
   * @param description empty for none
   */
  public record Change(
      @Nullable Integer version,
      @Nullable Long process,
      @Nullable String name,
      @Nullable String timeZone,
      @Nullable Long owner,
      @Nullable String description,
      @Nullable Boolean enabled) {}

  /**
   * Campaigns that a list is given to and taken from; all others stay as they are, whoever else changes them meanwhile.
   *
   * @param assign ids of campaigns of the list's process
   * @param release ids of campaigns of the list's process
   */
  public record Move(@Nullable List<Long> assign, @Nullable List<Long> release) {}

  /** A campaign without its people. */
  public record CampaignName(long id, String name) {}

  /** A campaign as one list sees it. */
  public record Assignment(CampaignName campaign, boolean assigned) {}

  /** One page of the lists of a process by name; those whose name contains the text. */
  @Transactional(readOnly = true)
  public Page<LeadList> page(
      long process, @Nullable String search, @Nullable String cursor, int limit) {
    int read = Named.read(limit);
    byte[] after = Named.after(cursor);
    processes.get(process);
    String part = search == null ? "" : search.strip();
    return Named.page(rows.page(process, part, after, read), limit, LeadList::name);
  }

  @Transactional(readOnly = true)
  public LeadList get(long id) {
    LeadList list = rows.find(id).orElseThrow(() -> missing(id));
    within(list);
    return list;
  }

  /** Refuses who does not keep the process of a list; for who has nothing to do with it the list is not there. */
  private void within(LeadList list) {
    try {
      processes.get(list.process());
    } catch (RefusedException e) {
      throw told(e, list.id());
    }
  }

  private static RefusedException told(RefusedException refusal, long id) {
    return refusal.reason() == RefusedException.Reason.NOT_FOUND ? missing(id) : refusal;
  }

  /** Makes a list: enabled, empty and of no campaign (LEAD-017). */
  @Transactional
  public LeadList create(long process, Change wanted) {
    CallProcess within = processes.lock(process);
    LeadList made = with(null, within, wanted);
    rows.insert(made);
    trail.record(event(null, made));
    return made;
  }

  @Transactional
  public LeadList change(long id, Change change) {
    LeadList before = lock(id);
    Named.present("the lead list", change.version(), before.version());
    LeadList after = with(before, processes.get(before.process()), change);
    AuditEvent event = event(before, after);
    if (event.unchanged()) {
      return before;
    }
    rows.update(after);
    trail.record(event);
    return after;
  }

  /** Deletes a list for good: it is in no trash and nobody can bring it back (LEAD-022). */
  @Transactional
  public void delete(long id) {
    LeadList before = lock(id);
    AuditEvent event =
        event(before, null)
            .change("campaigns", Named.some(names(assignments(before))), null)
            .change("leads", before.leads() == 0 ? null : before.leads(), null);
    rows.delete(id);
    trail.record(event);
  }

  /** All campaigns of the list's process by name, and which of them it is assigned to (LEAD-030). */
  @Transactional(readOnly = true)
  public List<Assignment> assignments(long id) {
    LeadList list = get(id);
    return assignments(list);
  }

  private List<Assignment> assignments(LeadList list) {
    Set<Long> assigned = new HashSet<>(rows.campaigns(list.id()));
    return campaigns.names(list.process()).stream()
        .map(campaign -> new Assignment(campaign, assigned.contains(campaign.id())))
        .toList();
  }

  /** Assigns a list to campaigns of its process and takes it from others (LEAD-036, LEAD-037). */
  @Transactional
  public List<Assignment> move(long id, Move move) {
    LeadList list = lock(id);
    List<Assignment> before = assignments(list);
    List<Violation> violations = new ArrayList<>();
    Set<Long> known = new HashSet<>();
    before.forEach(each -> known.add(each.campaign().id()));
    Set<Long> assign = Named.ids("assign", move.assign(), violations);
    foreign("assign", assign, known::contains, violations);
    // One that somebody deleted meanwhile is none of its campaigns any more, as is wanted.
    Set<Long> release = Named.ids("release", move.release(), violations);
    foreign(
        "release",
        release,
        one -> known.contains(one) || campaigns.find(one).isEmpty(),
        violations);
    assign.stream()
        .filter(release::contains)
        .forEach(
            both ->
                violations.add(
                    Violation.of("release", both, "campaigns that are not assigned too")));
    Named.refuse("These campaigns do not do", violations);
    rows.assign(
        id, moved(before, each -> !each.assigned() && assign.contains(each.campaign().id())));
    rows.release(
        id, moved(before, each -> each.assigned() && release.contains(each.campaign().id())));
    List<Assignment> after = assignments(list);
    AuditEvent event =
        AuditEvent.of("lead-list.changed", "lead-list", id, list.name())
            .change("campaigns", names(before), names(after));
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  private static void foreign(
      String field, Set<Long> ids, LongPredicate own, List<Violation> violations) {
    ids.stream()
        .filter(one -> !own.test(one))
        .forEach(
            one ->
                violations.add(
                    Violation.of(field, one, "ids of campaigns of the lead list's own process")));
  }

  private static List<Long> moved(List<Assignment> all, Predicate<Assignment> wanted) {
    return all.stream().filter(wanted).map(each -> each.campaign().id()).toList();
  }

  private static List<String> names(List<Assignment> all) {
    return all.stream().filter(Assignment::assigned).map(each -> each.campaign().name()).toList();
  }

  /** A list that nobody else changes until the transaction ends. */
  private LeadList lock(long id) {
    return open(id, access.current()).list();
  }

  /** A list that nobody else changes, nor anything in its process, until the transaction ends. */
  public record Opened(LeadList list, CallProcess process, List<TableColumn> columns) {}

  /** Keeps a list for somebody who keeps its process. */
  public Opened open(long id, Rights rights) {
    LeadList seen = rows.find(id).orElseThrow(() -> missing(id));
    try {
      CallProcess process = processes.lock(seen.process(), rights);
      // Read again: somebody may have changed or deleted it before the lock was ours.
      return new Opened(
          rows.find(id).orElseThrow(() -> missing(id)),
          process,
          processes.tableOf(process).columns());
    } catch (RefusedException e) {
      throw told(e, id);
    }
  }

  private LeadList with(@Nullable LeadList before, CallProcess process, Change change) {
    List<Violation> violations = new ArrayList<>();
    if (change.process() != null && change.process() != process.id()) {
      violations.add(
          Violation.of(
              "process", change.process(), "no other process: a lead list stays in its own"));
    }
    if (before == null && Boolean.FALSE.equals(change.enabled())) {
      violations.add(Violation.of("enabled", false, "true: a new lead list is enabled"));
    }
    Optional<String> name =
        before != null && change.name() == null
            ? Optional.of(before.name())
            : Named.name("name", change.name(), Named.LONGEST, violations);
    Optional<String> zone =
        before != null && change.timeZone() == null
            ? Optional.of(before.timeZone())
            : Zones.zone(change.timeZone(), violations);
    long owner = owner(before, process, change.owner(), violations);
    String description =
        before != null && change.description() == null
            ? before.description()
            : description(change.description(), violations);
    Named.refuse("The lead list does not do", violations);
    return new LeadList(
        before == null ? ids.next("lead_list") : before.id(),
        process.id(),
        name.orElse(""),
        zone.orElse(""),
        owner,
        description,
        Objects.requireNonNullElse(change.enabled(), before == null || before.enabled()),
        before == null ? 0 : before.campaigns(),
        before == null ? 0 : before.leads(),
        before == null ? clock.instant() : before.createdAt(),
        before == null ? 1 : before.version() + 1);
  }

  /** An active user of the process (LEAD-013); who owns the list already may stay, whatever became of him. */
  private long owner(
      @Nullable LeadList before,
      CallProcess process,
      @Nullable Long wanted,
      List<Violation> violations) {
    if (before != null && (wanted == null || wanted == before.owner())) {
      return before.owner();
    }
    if (wanted == null
        || !process.people().contains(wanted)
        || users.find(wanted).filter(Users.Person::active).isEmpty()) {
      violations.add(Violation.of("owner", wanted, "the id of an active user of the process"));
      return 0;
    }
    return wanted;
  }

  private static @Nullable String description(@Nullable String given, List<Violation> violations) {
    if (given == null || given.isBlank()) {
      return null;
    }
    String text = given.strip();
    if (text.length() > LONGEST_DESCRIPTION) {
      violations.add(
          Violation.of("description", null, "at most " + LONGEST_DESCRIPTION + " characters"));
    }
    return text;
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("lead list", id);
  }

  private AuditEvent event(@Nullable LeadList before, @Nullable LeadList after) {
    LeadList shown = Stream.of(after, before).filter(Objects::nonNull).findFirst().orElseThrow();
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("lead-list." + what, "lead-list", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change(
            "timeZone",
            before == null ? null : before.timeZone(),
            after == null ? null : after.timeZone())
        .change("owner", ownerOf(before), ownerOf(after))
        .change(
            "description",
            before == null ? null : before.description(),
            after == null ? null : after.description())
        .change(
            "enabled",
            before == null ? null : before.enabled(),
            after == null ? null : after.enabled());
  }

  private @Nullable String ownerOf(@Nullable LeadList list) {
    return list == null ? null : processes.logins(List.of(list.owner())).get(0);
  }
}
