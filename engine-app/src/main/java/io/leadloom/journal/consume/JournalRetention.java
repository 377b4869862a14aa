package io.leadloom.journal.consume;

import io.leadloom.journal.JournalArchive;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.log.JournalRows;
import io.leadloom.journal.log.Places;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes events that are old and that every consumer has read, in small transactions. */
final class JournalRetention {

  private static final Logger LOG = LoggerFactory.getLogger(JournalRetention.class);
  private static final int BATCH = 1_000;

  private final JournalStore store;
  private final @Nullable JournalArchive archive;
  private final Duration keep;
  private final Clock clock;

  JournalRetention(
      JournalStore store, @Nullable JournalArchive archive, Duration keep, Clock clock) {
    this.store = store;
    this.archive = archive;
    this.keep = keep;
    this.clock = clock;
  }

  /** Returns how many events were deleted. */
  long run() {
    Instant before = clock.instant().minus(keep);
    long deleted = 0;
    for (int partition = 0; partition < Places.PARTITIONS; partition++) {
      int of;
      do {
        of = deleteSome(partition, before);
        deleted += of;
      } while (of == BATCH);
    }
    if (deleted > 0) {
      LOG.info("Deleted {} journal events from before {}", deleted, before);
    }
    return deleted;
  }

  private int deleteSome(int partition, Instant before) {
    Integer deleted =
        store
            .transaction()
            .execute(
                status -> {
                  List<JournalEvent> old =
                      store
                          .jdbc()
                          .query(
                              "select "
                                  + JournalRows.COLUMNS
                                  + " from journal where place between ? and ? order by place limit "
                                  + BATCH
                                  // Who erases what an event tells waits, or has done so.
                                  + " for update",
                              JournalRows.EVENT,
                              Places.of(partition, 0),
                              Places.of(partition, readByAll(partition)))
                          .stream()
                          .takeWhile(event -> event.entry().at().isBefore(before))
                          .toList();
                  if (old.isEmpty()) {
                    return 0;
                  }
                  if (archive != null) {
                    archive.archive(old);
                  }
                  return store
                      .jdbc()
                      .update(
                          "delete from journal where place between ? and ?",
                          Places.of(partition, 0),
                          Places.of(partition, old.get(old.size() - 1).sequence()));
                });
    return deleted == null ? 0 : deleted;
  }

  /** The last sequence that no consumer needs any more; everything written, when there are no consumers. */
  private long readByAll(int partition) {
    Long position =
        store
            .jdbc()
            .queryForObject(
                "select coalesce(min(c.position), max(p.next_seq) - 1) from journal_partition p"
                    + " left join journal_cursor c on c.partition_id = p.id where p.id = ?",
                Long.class,
                partition);
    return position == null ? 0 : position;
  }
}
