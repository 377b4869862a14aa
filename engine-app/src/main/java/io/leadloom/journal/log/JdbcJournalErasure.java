package io.leadloom.journal.log;

import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalErasure;
import io.leadloom.journal.JournalEvent;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes events anew without what they tell of a record. */
public final class JdbcJournalErasure implements JournalErasure {

  private static final int PAGE = 500;

  /** What says nothing about a person. */
  private static final Set<String> HARMLESS =
      Set.of("type", "list", "automation", "run", "outcome", "delivery", "records");

  private final JdbcTemplate jdbc;

  public JdbcJournalErasure(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void ofRoots(EntityType type, Collection<Long> roots) {
    if (!roots.isEmpty()) {
      String where =
          "root_id in (" + Ids.listed(roots) + ") and root_type = " + EntityCodes.of(type);
      each(where);
      jdbc.update("delete from journal_parked where " + where);
    }
  }

  @Override
  public void ofSubject(RecordRef subject, RecordRef root) {
    String where =
        "root_id = "
            + root.id()
            + " and root_type = "
            + EntityCodes.of(root.type())
            + " and subject_id = "
            + subject.id()
            + " and subject_type = "
            + EntityCodes.of(subject.type());
    each(where);
    jdbc.update("delete from journal_parked where " + where);
  }

  private void each(String where) {
    @Nullable JournalEvent last = null;
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
              last == null ? -1L : place(last));
      if (!events.isEmpty()) {
        jdbc.batchUpdate(
            "update journal set payload = ?, payload_long = null where place = ?",
            events.stream()
                .map(event -> new Object[] {PayloadCodec.write(bare(event.entry())), place(event)})
                .toList());
        last = events.get(events.size() - 1);
      }
      if (events.size() < PAGE) {
        return;
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
