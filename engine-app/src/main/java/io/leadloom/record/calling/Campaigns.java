package io.leadloom.record.calling;

import io.leadloom.identity.Users;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The door to the dialling campaigns of processes, for who keeps the process. */
@Component
public class Campaigns {

  private static final int MOST = 500;

  private final CampaignRows rows;
  private final Processes processes;
  private final Users users;
  private final Ids ids;
  private final AuditTrail trail;

  Campaigns(CampaignRows rows, Processes processes, Users users, Ids ids, AuditTrail trail) {
    this.rows = rows;
    this.processes = processes;
    this.users = users;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What becomes of a campaign; null leaves it.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   * @param members the ids of all its people, who work in the process
   */
  public record Change(
      @Nullable Integer version, @Nullable String name, @Nullable List<Long> members) {}

  /** The campaigns of a process by name, at most 500. */
  @Transactional(readOnly = true)
  public List<Campaign> of(long process) {
    processes.get(process);
    return rows.of(process);
  }

  @Transactional
  public Campaign create(long process, Change wanted) {
    CallProcess within = processes.lock(process);
    if (rows.count(process) >= MOST) {
      throw new RefusedException(
          Reason.CONFLICT,
          "The process has as many campaigns as it can",
          List.of(Violation.of("campaigns", MOST, "at most " + MOST)));
    }
    Campaign made = with(null, within, wanted);
    rows.insert(made);
    trail.record(event(null, made));
    return made;
  }

  @Transactional
  public Campaign change(long id, Change change) {
    Campaign before = lock(id);
    Named.present("the campaign", change.version(), before.version());
    Campaign after = with(before, processes.get(before.process()), change);
    rows.update(after);
    AuditEvent event = event(before, after);
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  @Transactional
  public void delete(long id) {
    Campaign before = lock(id);
    AuditEvent event = event(before, null).change("lists", Named.some(rows.lists(id)), null);
    rows.delete(id);
    trail.record(event);
  }

  /** A campaign that nobody else changes until the transaction ends. */
  private Campaign lock(long id) {
    Campaign seen = rows.find(id).orElseThrow(() -> missing(id));
    try {
      processes.lock(seen.process());
    } catch (RefusedException e) {
      throw e.reason() == Reason.NOT_FOUND ? missing(id) : e;
    }
    return rows.find(id).orElseThrow(() -> missing(id));
  }

  private Campaign with(@Nullable Campaign before, CallProcess process, Change change) {
    List<Violation> violations = new ArrayList<>();
    Optional<String> name =
        before != null && change.name() == null
            ? Optional.of(before.name())
            : Named.name("name", change.name(), Named.LONGEST, violations);
    Set<Long> members =
        Named.ids(
            "members",
            change.members() != null
                ? change.members()
                : before == null ? List.of() : before.members(),
            violations);
    Set<Long> people = new HashSet<>(process.people());
    Set<Long> known = before == null ? Set.of() : new HashSet<>(before.members());
    for (Long member : members) {
      boolean there = known.contains(member);
      boolean may =
          people.contains(member) && users.find(member).filter(Users.Person::active).isPresent();
      if (!there && !may) {
        violations.add(Violation.of("members", member, "ids of active users of the process"));
      }
    }
    Named.refuse("The campaign does not do", violations);
    return new Campaign(
        before == null ? ids.next("dialling_campaign") : before.id(),
        process.id(),
        name.orElse(""),
        List.copyOf(members),
        before == null ? 0 : before.lists(),
        before == null ? 1 : before.version() + 1);
  }

  private static RefusedException missing(long id) {
    return RefusedException.notFound("campaign", id);
  }

  private AuditEvent event(@Nullable Campaign before, @Nullable Campaign after) {
    Campaign shown = after == null ? Objects.requireNonNull(before) : after;
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    return AuditEvent.of("dialling-campaign." + what, "dialling-campaign", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change(
            "members",
            before == null ? null : processes.logins(before.members()),
            after == null ? null : processes.logins(after.members()));
  }
}
