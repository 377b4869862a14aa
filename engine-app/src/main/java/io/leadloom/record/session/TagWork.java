package io.leadloom.record.session;

import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Record;
import io.leadloom.record.WriteResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tags and static lists of records: SET-125 to SET-134. */
final class TagWork {

  private static final int LONGEST_NAME = 100;

  private final SessionParts parts;
  private final SessionState state;
  private final LinkState tags;
  private final LinkState lists;
  private final RecordChanges changes;
  private final Map<Long, Marks.Tag> knownTags;
  private final Rights rights;
  private final Map<String, Marks.Tag> byFolded = new HashMap<>();
  private final Map<Long, Marks.Tag> newTags = new LinkedHashMap<>();
  private final Map<Long, String> listNames = new HashMap<>();

  TagWork(
      SessionParts parts,
      SessionState state,
      LinkState tags,
      LinkState lists,
      RecordChanges changes,
      Map<Long, Marks.Tag> knownTags,
      Rights rights) {
    this.rights = rights;
    this.parts = parts;
    this.state = state;
    this.tags = tags;
    this.lists = lists;
    this.changes = changes;
    this.knownTags = knownTags;
  }

  void load(Collection<String> folded, Collection<Long> listIds) {
    List<String> fresh = folded.stream().filter(name -> !byFolded.containsKey(name)).toList();
    if (!fresh.isEmpty()) {
      byFolded.putAll(parts.marks.tagsByFolded(fresh));
    }
    List<Long> freshLists = listIds.stream().filter(id -> !listNames.containsKey(id)).toList();
    if (!freshLists.isEmpty()) {
      listNames.putAll(parts.marks.listNames(freshLists));
    }
  }

  WriteResult add(Record record, Set<String> names, Cause cause, Instant now) {
    List<Violation> violations = new ArrayList<>();
    boolean changed = false;
    for (String name : names) {
      String folded = Folded.of(name);
      if (folded == null
          || name.strip().length() > LONGEST_NAME
          || folded.chars().anyMatch(Character::isISOControl)) {
        violations.add(
            Violation.of("tags", name, "the name of a tag: 1 to " + LONGEST_NAME + " characters"));
        continue;
      }
      Marks.Tag tag = byFolded.get(folded);
      if (tag == null && !rights.may(Section.TAGS, Action.CREATE)) {
        violations.add(Violation.of("tags", name, "the name of an existing tag"));
        continue;
      }
      if (tag == null) {
        tag = create(name.strip(), folded);
      }
      knownTags.put(tag.id(), tag);
      if (tags.add(record.ref(), tag.id())) {
        changed = true;
        changes.note(JournalKind.TAG_ADDED, record, detail(tag), cause, now);
      }
    }
    return violations.isEmpty() ? written(record, changed) : new WriteResult.Refused(violations);
  }

  private Marks.Tag create(String name, String folded) {
    Marks.Tag tag = new Marks.Tag(parts.ids.next("tag"), name, folded, List.of());
    byFolded.put(folded, tag);
    newTags.put(tag.id(), tag);
    state.onUndo(
        () -> {
          byFolded.remove(folded);
          newTags.remove(tag.id());
        });
    return tag;
  }

  WriteResult remove(Record record, Set<String> names, Cause cause, Instant now) {
    boolean changed = false;
    for (String name : names) {
      String folded = Folded.of(name);
      Marks.Tag tag = folded == null ? null : byFolded.get(folded);
      if (tag != null && tags.remove(record.ref(), tag.id())) {
        changed = true;
        changes.note(JournalKind.TAG_REMOVED, record, detail(tag), cause, now);
      }
    }
    return written(record, changed);
  }

  private static Map<String, String> detail(Marks.Tag tag) {
    return tag.former().isEmpty()
        ? Map.of("tag", tag.name())
        : Map.of("tag", tag.name(), "formerly", String.join("\n", tag.former()));
  }

  WriteResult addToList(Record record, long listId, Cause cause, Instant now) {
    RecordRef ref = record.ref();
    if (!listNames.containsKey(listId)) {
      return new WriteResult.Refused(
          List.of(Violation.of("list", listId, "the id of an existing list")));
    }
    if (ref.type() != EntityType.LEAD && ref.type() != EntityType.CONTACT) {
      return new WriteResult.Refused(List.of(Violation.of("ref", ref, "a lead or a contact")));
    }
    boolean changed = lists.add(ref, listId);
    if (changed) {
      changes.note(
          JournalKind.LIST_ADDED, record, Map.of("list", Long.toString(listId)), cause, now);
    }
    return written(record, changed);
  }

  WriteResult removeFromList(Record record, long listId, Cause cause, Instant now) {
    boolean changed = lists.remove(record.ref(), listId);
    if (changed) {
      changes.note(
          JournalKind.LIST_REMOVED, record, Map.of("list", Long.toString(listId)), cause, now);
    }
    return written(record, changed);
  }

  private static WriteResult written(Record record, boolean changed) {
    return new WriteResult.Written(record.ref(), record.version(), false, changed);
  }

  /** Tags that this session made and that are not in the database yet. */
  Collection<Marks.Tag> newTags() {
    return newTags.values();
  }

  void flushed() {
    newTags.clear();
  }
}
