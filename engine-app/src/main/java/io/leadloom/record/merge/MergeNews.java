package io.leadloom.record.merge;

import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.web.LiveUpdates;
import io.leadloom.record.Record;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells the journal, the audit trail and open pages of merges, in the transaction of the merge. */
@Component
class MergeNews {

  private final Journal journal;
  private final AuditTrail trail;
  private final LiveUpdates live;
  private final Clock clock;

  MergeNews(Journal journal, AuditTrail trail, LiveUpdates live, Clock clock) {
    this.journal = journal;
    this.trail = trail;
    this.live = live;
    this.clock = clock;
  }

  void tell(JournalKind kind, Record survivor, List<Long> others, Cause cause) {
    RecordRef ref = survivor.ref();
    String refs =
        others.stream()
            .map(id -> new RecordRef(ref.type(), id).toString())
            .collect(Collectors.joining(", "));
    journal.append(
        List.of(
            new JournalEntry(
                clock.instant(), kind, ref, ref, Map.of(), Map.of("records", refs), cause)));
    String action = ref.type().key() + (kind == JournalKind.MERGED ? ".merged" : ".unmerged");
    String name = survivor.values().text("name");
    trail.record(
        AuditEvent.of(action, ref.type().key(), ref.id(), name == null ? ref.toString() : name)
            .fact("records", refs));
    AfterCommit.run(() -> live.publish(ref.type().key() + ".changed", ref.id()));
  }

  /** What Leadloom itself does because somebody merges. */
  static Cause own(Cause cause) {
    return new Cause(Cause.Kind.SYSTEM, cause.userId(), "merge", List.of());
  }
}
