package io.leadloom.journal.log;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalErasure;
import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes events anew without what they tell of a record. */
public final class JdbcJournalErasure implements JournalErasure {

  private static final int PAGE = 500;

  private static final List<EntityType> ROOTS = EntityType.ROOTS;

  /** What says nothing about a person. */
  private static final Set<String> HARMLESS =
      Set.of("type", "list", "automation", "run", "outcome", "delivery", "records");

  private final JdbcTemplate jdbc;

  public JdbcJournalErasure(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<RecordRef, Set<RecordRef>> ofRoots(EntityType type, Collection<Long> roots) {
    Map<RecordRef, Set<RecordRef>> moved = new HashMap<>();
    // One by one: only of one does the index have the events in order.
    for (long root : new TreeSet<>(roots)) {
      each(new RecordRef(type, root), "", moved);
    }
    return moved;
  }

  @Override
  public Map<RecordRef, Set<RecordRef>> ofSubjects(
      EntityType type, Collection<Long> subjects, RecordRef root) {
    Map<RecordRef, Set<RecordRef>> moved = new HashMap<>();
    if (!subjects.isEmpty()) {
      each(
          root,
          " and subject_id in ("
              + Ids.listed(subjects)
              + ") and subject_type = "
              + EntityCodes.of(type),
          moved);
    }
    return moved;
  }

  private void each(RecordRef root, String which, Map<RecordRef, Set<RecordRef>> moved) {
    String where =
        "root_id = " + root.id() + " and root_type = " + EntityCodes.of(root.type()) + which;
    long after = -1;
    while (true) {
      List<JournalEvent> events =
          jdbc.query(
              "select "
                  + JournalRows.COLUMNS
                  + " from journal where "
                  + where
                  + " and place > ? order by place limit "
                  + PAGE,
              JournalRows.EVENT,
              after);
      if (!events.isEmpty()) {
        jdbc.batchUpdate(
            "update journal set payload = ?, payload_long = null where place = ?",
            events.stream()
                .map(event -> new Object[] {PayloadCodec.write(bare(event.entry())), place(event)})
                .toList());
        events.forEach(event -> note(event.entry(), moved));
        after = place(events.get(events.size() - 1));
      }
      if (events.size() < PAGE) {
        break;
      }
    }
    jdbc.update("delete from journal_parked where " + where);
  }

  private static void note(JournalEntry entry, Map<RecordRef, Set<RecordRef>> moved) {
    if (ROOTS.contains(entry.subject().type())) {
      return;
    }
    for (EntityType about : ROOTS) {
      FieldChange change = entry.changes().get(about.key());
      if (change != null) {
        Stream.of(Optional.ofNullable(change.before()), Optional.ofNullable(change.after()))
            .flatMap(Optional::stream)
            .filter(Number.class::isInstance)
            .map(id -> new RecordRef(about, ((Number) id).longValue()))
            .filter(root -> !root.equals(entry.root()))
            .forEach(
                root -> moved.computeIfAbsent(entry.subject(), one -> new HashSet<>()).add(root));
      }
    }
  }

  private static long place(JournalEvent event) {
    return Places.of(event.partition(), event.sequence());
  }

  private static JournalEntry bare(JournalEntry entry) {
    Map<String, String> detail =
        entry.detail().entrySet().stream()
            .filter(one -> HARMLESS.contains(one.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return new JournalEntry(
        entry.at(), entry.kind(), entry.subject(), entry.root(), Map.of(), detail, entry.cause());
  }
}
