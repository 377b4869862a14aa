package io.leadloom.automation.inspect;

import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.automation.verdict.Hindsight;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a record as far as the journal tells, newest first; of a lead also what happened to the opportunities
 * that are linked to it and counts as the lead's.
 *
 * @param own the events of the record itself
 * @param all those and the ones of its opportunities
 * @param since from when on everything is known
 */
record Happenings(List<JournalEntry> own, List<JournalEntry> all, Instant since) {

  private static final int MOST_PAGES = 5;
  private static final int MOST_OPPORTUNITIES = 20;

  static Happenings of(
      RecordRef root, JournalHistory journal, Records records, Duration kept, Instant now) {
    List<JournalEvent> events = new ArrayList<>();
    Instant since = now.minus(kept);
    String cursor = null;
    for (int page = 0; page == 0 || cursor != null && page < MOST_PAGES; page++) {
      Page<JournalEvent> found = journal.ofRoot(root, List.of(), cursor, JournalHistory.MAX_LIMIT);
      events.addAll(found.items());
      cursor = found.next();
    }
    if (cursor != null) {
      since = events.get(events.size() - 1).entry().at();
    }
    List<JournalEntry> own = events.stream().map(JournalEvent::entry).toList();
    List<JournalEntry> all = new ArrayList<>(TriggerType.happened(events));
    if (root.type() == EntityType.LEAD) {
      Instant from = opportunities(root, journal, records, all);
      since = from == null || from.isBefore(since) ? since : from;
    }
    all.removeIf(entry -> !entry.root().equals(root));
    all.sort(Comparator.comparing(JournalEntry::at).reversed());
    return new Happenings(own, List.copyOf(all), since);
  }

  /** Adds what happened to a lead's opportunities; returns from when on all of it is known, null for all of it. */
  private static @Nullable Instant opportunities(
      RecordRef lead, JournalHistory journal, Records records, List<JournalEntry> all) {
    JournalHistory.Matter matter =
        new JournalHistory.Matter(Set.of(EntityType.ACTIVITY, EntityType.TASK), Set.of());
    Instant since = null;
    for (Record deal : deals(lead, records)) {
      Page<JournalEvent> found =
          journal.ofRoot(deal.ref(), List.of(matter), null, JournalHistory.MAX_LIMIT);
      all.addAll(TriggerType.happened(found.items()));
      if (found.next() != null) {
        Instant last = found.items().get(found.items().size() - 1).entry().at();
        since = since == null || last.isAfter(since) ? last : since;
      }
    }
    return since;
  }

  private static List<Record> deals(RecordRef lead, Records records) {
    Filter ofLead =
        new Filter.Test(
            "lead", Operator.EQUALS, List.of(new Operand.Literal(Long.toString(lead.id()))));
    return records
        .search(
            new Records.Search(
                EntityType.OPPORTUNITY,
                ofLead,
                Set.of("lead"),
                null,
                true,
                null,
                MOST_OPPORTUNITIES,
                false))
        .items();
  }

  /** How the record was when an event happened to it. */
  Hindsight before(RecordRef root, JournalEntry event) {
    List<JournalEntry> later = new ArrayList<>();
    for (JournalEntry entry : own) {
      if (entry.equals(event) || entry.at().isBefore(event.at())) {
        break;
      }
      later.add(entry);
    }
    return Hindsight.of(root, later);
  }
}
