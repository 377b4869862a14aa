package io.leadloom.record.session;

import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession.Mark;
import io.leadloom.record.points.LeadLedger;
import io.leadloom.record.store.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a session holds in memory, with everything needed to undo. */
final class SessionState {

  private final Map<RecordRef, @Nullable Held> held = new LinkedHashMap<>();
  private final Map<Claim, @Nullable Long> storedOwners = new HashMap<>();
  private final Map<Claim, @Nullable Long> owners = new HashMap<>();
  private final List<JournalEntry> entries = new ArrayList<>();
  private final List<LeadLedger.Gift> gifts = new ArrayList<>();
  private final List<Runnable> undo = new ArrayList<>();
  private int flushes;

  /** A place in the list of undo steps. */
  private record Point(int flushes, int undo, int entries) implements Mark {}

  Mark mark() {
    return new Point(flushes, undo.size(), entries.size());
  }

  void rollbackTo(Mark mark) {
    if (!(mark instanceof Point point)
        || point.flushes() != flushes
        || point.undo() > undo.size()) {
      throw new IllegalStateException(
          "The session has been flushed or rolled back beyond this mark");
    }
    while (undo.size() > point.undo()) {
      undo.remove(undo.size() - 1).run();
    }
    entries.subList(point.entries(), entries.size()).clear();
  }

  /** Remembers how to take the last step back. */
  void onUndo(Runnable step) {
    undo.add(step);
  }

  /** The record, or null when it is not loaded or known not to exist. */
  @Nullable Held held(RecordRef ref) {
    return held.get(ref);
  }

  boolean known(RecordRef ref) {
    return held.containsKey(ref);
  }

  void loaded(Record record) {
    held.putIfAbsent(record.ref(), new Held(record, record));
  }

  void absent(RecordRef ref) {
    held.putIfAbsent(ref, null);
  }

  void created(Record record) {
    held.put(record.ref(), new Held(null, record));
    onUndo(() -> held.remove(record.ref()));
  }

  void changed(Held record, Record now) {
    Record before = record.now;
    record.now = now;
    onUndo(() -> record.now = before);
  }

  void give(LeadLedger.Gift gift) {
    gifts.add(gift);
    onUndo(() -> gifts.remove(gifts.size() - 1));
  }

  List<LeadLedger.Gift> gifts() {
    return gifts;
  }

  void journal(JournalEntry entry) {
    entries.add(entry);
  }

  boolean ownerKnown(Claim claim) {
    return storedOwners.containsKey(claim);
  }

  void ownerLoaded(Claim claim, @Nullable Long owner) {
    if (!storedOwners.containsKey(claim)) {
      storedOwners.put(claim, owner);
      owners.put(claim, owner);
    }
  }

  @Nullable Long owner(Claim claim) {
    return owners.get(claim);
  }

  void own(Claim claim, @Nullable Long owner) {
    Long before = owners.put(claim, owner);
    onUndo(() -> owners.put(claim, before));
  }

  /** Claims whose owner differs from the database: before and after. */
  void eachChangedOwner(ClaimChange change) {
    storedOwners.forEach(
        (claim, before) -> {
          Long after = owners.get(claim);
          if (!Objects.equals(before, after)) {
            change.changed(claim, before, after);
          }
        });
  }

  /** Receives a claim that changed hands. */
  interface ClaimChange {
    void changed(Claim claim, @Nullable Long before, @Nullable Long after);
  }

  /** Every held record of an entity, in the order it came in. */
  void each(EntityType type, Consumer<Held> consumer) {
    held.forEach(
        (ref, record) -> {
          if (record != null && ref.type() == type) {
            consumer.accept(record);
          }
        });
  }

  List<JournalEntry> entries() {
    return entries;
  }

  /** What is in memory is in the database now. */
  void flushed() {
    held.values().stream().filter(Objects::nonNull).forEach(record -> record.stored = record.now);
    storedOwners.putAll(owners);
    entries.clear();
    gifts.clear();
    undo.clear();
    flushes++;
  }

  /** The opportunities in hand. */
  List<RecordRef> opportunities() {
    List<RecordRef> refs = new ArrayList<>();
    each(EntityType.OPPORTUNITY, held -> refs.add(held.now.ref()));
    return refs;
  }
}
