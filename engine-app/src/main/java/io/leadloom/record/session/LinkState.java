package io.leadloom.record.session;

import io.leadloom.platform.RecordRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a session knows of one kind of attachment (tags or lists): as stored, and as it stands now. */
final class LinkState {

  private final Consumer<Runnable> undo;
  private final Map<RecordRef, Set<Long>> stored = new HashMap<>();
  private final Map<RecordRef, Set<Long>> now = new HashMap<>();
  private final Set<RecordRef> touched = new HashSet<>();

  LinkState(Consumer<Runnable> undo) {
    this.undo = undo;
  }

  /** Those of the records that are not loaded yet; they count as loaded, without attachments, from now on. */
  List<RecordRef> startLoading(Collection<RecordRef> refs) {
    List<RecordRef> fresh = new ArrayList<>();
    for (RecordRef ref : refs) {
      if (stored.putIfAbsent(ref, new HashSet<>()) == null) {
        now.put(ref, new HashSet<>());
        fresh.add(ref);
      }
    }
    return fresh;
  }

  void loaded(RecordRef ref, long id) {
    stored.computeIfAbsent(ref, key -> new HashSet<>()).add(id);
    now.computeIfAbsent(ref, key -> new HashSet<>()).add(id);
  }

  Set<Long> of(RecordRef ref) {
    return now.getOrDefault(ref, Set.of());
  }

  /** Whether that changed anything. */
  boolean add(RecordRef ref, long id) {
    Set<Long> ids = now.computeIfAbsent(ref, key -> new HashSet<>());
    boolean added = ids.add(id);
    if (added) {
      touched.add(ref);
      undo.accept(() -> ids.remove(id));
    }
    return added;
  }

  /** Whether that changed anything. */
  boolean remove(RecordRef ref, long id) {
    Set<Long> ids = now.computeIfAbsent(ref, key -> new HashSet<>());
    boolean removed = ids.remove(id);
    if (removed) {
      touched.add(ref);
      undo.accept(() -> ids.add(id));
    }
    return removed;
  }

  List<Marks.Link> added() {
    return difference(now, stored);
  }

  List<Marks.Link> removed() {
    return difference(stored, now);
  }

  private List<Marks.Link> difference(
      Map<RecordRef, Set<Long>> from, Map<RecordRef, Set<Long>> without) {
    List<Marks.Link> links = new ArrayList<>();
    for (RecordRef ref : touched) {
      Set<Long> other = without.getOrDefault(ref, Set.of());
      for (Long id : from.getOrDefault(ref, Set.of())) {
        if (!other.contains(id)) {
          links.add(new Marks.Link(ref, id));
        }
      }
    }
    return links;
  }

  void flushed() {
    touched.forEach(ref -> stored.put(ref, new HashSet<>(now.getOrDefault(ref, Set.of()))));
    touched.clear();
  }
}
