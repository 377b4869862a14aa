package io.leadloom.record.session;

import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.store.Claim;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes what a session has changed. */
final class SessionFlush {

  private final SessionParts parts;
  private final Schema schema;
  private final SessionState state;
  private final LinkState tags;
  private final LinkState lists;
  private final TagWork tagWork;

  SessionFlush(
      SessionParts parts,
      Schema schema,
      SessionState state,
      LinkState tags,
      LinkState lists,
      TagWork tagWork) {
    this.parts = parts;
    this.schema = schema;
    this.state = state;
    this.tags = tags;
    this.lists = lists;
    this.tagWork = tagWork;
  }

  /** Rows go in the order of entities and ids, so that two transactions do not wait for each other crosswise. */
  void run() {
    writeClaims();
    for (EntityType type : EntityType.values()) {
      writeRecords(type);
    }
    writeLinks();
    if (!state.gifts().isEmpty()) {
      parts.ledger.getObject().give(List.copyOf(state.gifts()));
    }
    List<JournalEntry> entries = state.entries();
    if (!entries.isEmpty()) {
      parts.journal.getObject().append(List.copyOf(entries));
      tellPages(entries);
    }
    state.flushed();
    tags.flushed();
    lists.flushed();
    tagWork.flushed();
  }

  private void tellPages(List<JournalEntry> entries) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      return;
    }
    Set<RecordRef> changed = new LinkedHashSet<>();
    for (JournalEntry entry : entries) {
      changed.add(entry.root());
    }
    AfterCommit.run(
        () -> changed.forEach(ref -> parts.live.publish(ref.type().key() + ".changed", ref.id())));
  }

  private void writeClaims() {
    List<Claim> released = new ArrayList<>();
    TreeMap<Claim, Long> taken = new TreeMap<>();
    state.eachChangedOwner(
        (claim, before, after) -> {
          if (before != null) {
            released.add(claim);
          }
          if (after != null) {
            taken.put(claim, after);
          }
        });
    if (!released.isEmpty()) {
      released.sort(Comparator.naturalOrder());
      parts.claims.release(released);
    }
    if (!taken.isEmpty()) {
      parts.claims.take(taken);
    }
  }

  private void writeRecords(EntityType type) {
    List<Record> created = new ArrayList<>();
    List<Held> changed = new ArrayList<>();
    state.each(
        type,
        held -> {
          if (held.stored == null) {
            created.add(held.now);
          } else if (held.stored.version() != held.now.version()) {
            changed.add(held);
          }
        });
    if (!created.isEmpty()) {
      parts.store.insert(type, created, schema);
    }
    if (!changed.isEmpty()) {
      changed.sort(Comparator.comparingLong(held -> held.now.ref().id()));
      List<Record> before = new ArrayList<>(changed.size());
      List<Record> after = new ArrayList<>(changed.size());
      for (Held held : changed) {
        if (held.stored != null) {
          before.add(held.stored);
          after.add(held.now);
        }
      }
      parts.store.update(type, before, after, schema);
    }
  }

  private void writeLinks() {
    var now = parts.clock.instant();
    if (!tagWork.newTags().isEmpty()) {
      parts.marks.insertTags(tagWork.newTags(), now);
    }
    List<Marks.Link> removedTags = tags.removed();
    if (!removedTags.isEmpty()) {
      parts.marks.removeTags(removedTags);
    }
    List<Marks.Link> addedTags = tags.added();
    if (!addedTags.isEmpty()) {
      parts.marks.addTags(addedTags, now);
    }
    List<Marks.Link> left = lists.removed();
    if (!left.isEmpty()) {
      parts.marks.removeFromLists(left);
    }
    List<Marks.Link> joined = lists.added();
    if (!joined.isEmpty()) {
      parts.marks.addToLists(joined, now);
    }
  }
}
