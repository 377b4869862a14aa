package io.leadloom.schema.deal;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schemas;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes the statuses of opportunities (REV-012), and whether a contact may have two in a pipeline (REV-015). */
@Component
public class StatusDefinitions {

  private static final int MOST = 100;

  private final DealChanges changes;
  private final DealRows rows;
  private final Schemas schemas;
  private final HeldOpportunities held;
  private final Ids ids;
  private final AuditTrail trail;

  StatusDefinitions(
      DealChanges changes,
      DealRows rows,
      Schemas schemas,
      HeldOpportunities held,
      Ids ids,
      AuditTrail trail) {
    this.schemas = schemas;
    this.held = held;
    this.changes = changes;
    this.rows = rows;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What has to do with a status.
   *
   * @param opportunities how many have it, those in the trash included
   * @param uses what names it
   */
  public record Usage(long opportunities, List<FieldDefinitions.Use> uses) {}

  /** How many opportunities have a status, and what names it. */
  public Usage usage(long id) {
    Deals deals = schemas.latest().deals();
    status(deals, id);
    return new Usage(
        held.holds(deals, OpportunityFields.STATUS, id),
        changes.uses(deals.without(OpportunityFields.STATUS, id)));
  }

  /** Adds a named status of a kind (REV-012). */
  public DealStatus createStatus(@Nullable String name, @Nullable String kind) {
    return changes.in(
        () -> {
          Deals deals = rows.read();
          StatusKind of =
              StatusKind.of(String.valueOf(kind))
                  .orElseThrow(
                      () ->
                          DealChanges.refused(
                              "kind", kind, "one of open, won, lost, disqualified"));
          if (deals.statuses().size() >= MOST) {
            throw DealChanges.refused("name", name, "at most " + MOST + " statuses");
          }
          DealStatus status =
              new DealStatus(ids.next("opportunity_status"), statusName(name, 0, deals), of, false);
          rows.insert(status, deals.statuses().size() + 1);
          trail.record(event("created", status, null, status.name()));
          return status;
        });
  }

  /** Calls a status something else; its kind stays, because records went by it. */
  public DealStatus renameStatus(long id, @Nullable String name) {
    return changes.in(
        () -> {
          Deals deals = rows.read();
          DealStatus before = status(deals, id);
          DealStatus after =
              new DealStatus(id, statusName(name, id, deals), before.kind(), before.delivered());
          rows.rename(after);
          if (!before.name().equals(after.name())) {
            rows.formerName(OpportunityFields.STATUS, before.name(), id);
          }
          trail.record(event("changed", after, before.name(), after.name()));
          return after;
        });
  }

  /** Deletes a named status; its opportunities have the status that stands for its kind from then on. */
  public void deleteStatus(long id) {
    changes.in(
        () -> {
          Deals deals = rows.read();
          DealStatus status = status(deals, id);
          if (status.delivered()) {
            throw new RefusedException(
                Reason.CONFLICT,
                status.name() + " is always there",
                List.of(Violation.of("status", status.name(), "a status that somebody has added")));
          }
          long by =
              deals.statuses().stream()
                  .filter(one -> one.delivered() && one.kind() == status.kind())
                  .findFirst()
                  .orElseThrow()
                  .id();
          rows.replaced(OpportunityFields.STATUS, id, by, true);
          rows.namesOfGone(OpportunityFields.STATUS, id, status.name(), by);
          rows.deleteStatus(id);
          trail.record(event("deleted", status, status.name(), null));
          return status;
        });
  }

  /** Says whether a contact may have a second open opportunity in a pipeline (REV-015). */
  public boolean allowDuplicates(boolean allowed) {
    return changes.in(
        () -> {
          boolean before = rows.read().duplicates();
          rows.allowDuplicates(allowed);
          trail.record(
              AuditEvent.of("setting.changed", "setting", "opportunities", "opportunities")
                  .change("allowDuplicates", before, allowed));
          return allowed;
        });
  }

  private static AuditEvent event(
      String what, DealStatus status, @Nullable String before, @Nullable String after) {
    return AuditEvent.of(
            "opportunity-status." + what, "opportunity-status", status.id(), status.name())
        .change("label", before, after)
        .fact("kind", status.kind().key());
  }

  private static DealStatus status(Deals deals, long id) {
    return deals.statuses().stream()
        .filter(one -> one.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("status", id));
  }

  private static String statusName(@Nullable String given, long id, Deals deals) {
    String name = DealChanges.name("name", given);
    if (deals.statuses().stream()
        .anyMatch(one -> one.id() != id && one.name().equalsIgnoreCase(name))) {
      throw DealChanges.refused("name", name, "a name that no other status has");
    }
    return name;
  }
}
