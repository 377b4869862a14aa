package io.leadloom.record.history;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Lists;
import io.leadloom.record.SmartListDirectory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What a timeline tells of lists: to enter one says that the record is what the list asks for, perhaps in hidden fields. */
@Component
class ShownLists {

  private final ObjectProvider<SmartListDirectory> smartLists;
  private final ObjectProvider<Lists> lists;

  ShownLists(ObjectProvider<SmartListDirectory> smartLists, ObjectProvider<Lists> lists) {
    this.smartLists = smartLists;
    this.lists = lists;
  }

  /**
   * The lists of events that a reader sees.
   *
   * @param smart the names of smart lists by id
   * @param others the ids of static lists
   */
  record Shown(Map<Long, String> smart, Set<Long> others) {

    /** Whether an event is none of the reader's business. */
    boolean keepsBack(JournalEntry entry) {
      Long list = list(entry);
      return list != null && isOfSmartList(entry) && !smart.containsKey(list);
    }

    /** What is told of the list of an event; null for nothing. */
    @Nullable String detail(JournalEntry entry) {
      Long list = list(entry);
      if (list == null) {
        return null;
      }
      return isOfSmartList(entry)
          ? smart.get(list)
          : others.contains(list) ? Long.toString(list) : null;
    }
  }

  private static boolean isOfSmartList(JournalEntry entry) {
    return entry.kind() == JournalKind.SMART_LIST_ENTERED
        || entry.kind() == JournalKind.SMART_LIST_LEFT;
  }

  private static @Nullable Long list(JournalEntry entry) {
    String id = entry.detail().get("list");
    return id == null ? null : Long.valueOf(id);
  }

  Shown of(List<JournalEvent> events, Rights rights) {
    Set<Long> smart = new HashSet<>();
    Set<Long> others = new HashSet<>();
    for (JournalEvent event : events) {
      Long list = list(event.entry());
      if (list != null) {
        (isOfSmartList(event.entry()) ? smart : others).add(list);
      }
    }
    others.removeIf(list -> !lists.getObject().may(list, rights, Action.VIEW));
    return new Shown(
        smart.isEmpty() ? Map.of() : smartLists.getObject().seen(smart, rights), others);
  }
}
