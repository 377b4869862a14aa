package io.leadloom.record.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Users;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalHistory.Matter;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.search.RecordSearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells who has owned a lead, from what its history says of its changes (LEAD-123). */
@Component
public class OwnerHistory {

  private static final String OWNER = "owner";
  private static final int MOST = 10_000;

  private final ObjectProvider<JournalHistory> journal;
  private final KeptHistory kept;
  private final RecordSearch search;
  private final ObjectProvider<Users> users;

  OwnerHistory(
      ObjectProvider<JournalHistory> journal,
      KeptHistory kept,
      RecordSearch search,
      ObjectProvider<Users> users) {
    this.journal = journal;
    this.kept = kept;
    this.search = search;
    this.users = users;
  }

  /**
   * A time in which a lead was somebody's.
   *
   * @param to null while it is
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ownership(
      long userId, @Nullable String userName, Instant from, @Nullable Instant to) {}

  /** The owners of a lead, the present one first, as far as its last {@value #MOST} changes tell. */
  @Transactional(readOnly = true)
  public List<Ownership> of(long leadId, Rights rights) {
    RecordRef ref = RecordRef.lead(leadId);
    Record lead =
        search.visible(EntityType.LEAD, List.of(leadId), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("lead", leadId));
    if (rights.hides(EntityType.LEAD, OWNER)) {
      return List.of();
    }
    List<Ownership> owners = new ArrayList<>();
    Long owner = lead.values().number(OWNER);
    Instant until = null;
    for (JournalEvent event : changes(ref)) {
      FieldChange change = event.entry().changes().get(OWNER);
      if (change != null) {
        Instant at = event.entry().at();
        add(owners, owner, at, until);
        owner = change.before() instanceof Number before ? Long.valueOf(before.longValue()) : null;
        until = at;
      }
    }
    if (lead.values().get("createdAt") instanceof Instant created) {
      // Nothing is known of the time before the oldest change but who had it then.
      add(owners, owner, created, until);
    }
    return owners;
  }

  private void add(
      List<Ownership> owners, @Nullable Long owner, Instant from, @Nullable Instant to) {
    if (owner != null) {
      Users directory = users.getIfAvailable();
      String name =
          directory == null ? null : directory.find(owner).map(Users.Person::name).orElse(null);
      owners.add(new Ownership(owner, name, from, to));
    }
  }

  /** The lead's own changes, newest first. */
  private List<JournalEvent> changes(RecordRef ref) {
    List<Matter> matters =
        List.of(
            new Matter(Set.of(EntityType.LEAD), Set.of(JournalKind.CREATED, JournalKind.UPDATED)));
    List<JournalEvent> events = new ArrayList<>();
    String cursor = null;
    do {
      Page<JournalEvent> page =
          journal.getObject().ofRoot(ref, matters, cursor, JournalHistory.MAX_LIMIT);
      events.addAll(page.items());
      cursor = page.next();
    } while (cursor != null && events.size() < MOST);
    if (cursor == null && events.size() < MOST) {
      events.addAll(kept.read(ref, true, matters, null, MOST - events.size()));
    }
    return events;
  }
}
