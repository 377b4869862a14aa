package io.leadloom.record.points;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.RecordsErased;
import io.leadloom.record.store.RecordStore;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads what leads have earned and were given, and sets their points to what that comes to. */
@Component
public class LeadLedger {

  /** Nobody did it to the lead, and no automation starts because settings have changed. */
  private static final Cause CAUSE = Cause.system("scoring").starting(Cause.Starts.NONE);

  private static final String EARNED = "earnedPoints";
  private static final String TOTAL = "score";
  private static final String PERCENTAGE = "scorePercent";

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final RecordStore store;
  private final Journal journal;
  private final Clock clock;

  LeadLedger(
      JdbcTemplate jdbc, BatchedRows batched, RecordStore store, Journal journal, Clock clock) {
    this.jdbc = jdbc;
    this.batched = batched;
    this.store = store;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Points given to a lead by something that is not counted again.
   *
   * @param automation the automation that gave them; 0 for others
   */
  public record Gift(long lead, long automation, long points, Instant at) {}

  /** How many live activities of a type a lead has. */
  public record Posted(long lead, String type, long count) {}

  /** The points of a lead as they shall be. */
  public record Points(long earned, long total, int percentage) {}

  public void give(List<Gift> gifts) {
    batched.insert(
        "score_gift",
        List.of("lead_id", "automation_id", "points", "given_at"),
        new Rows<>(
            gifts,
            (statement, from, gift) -> {
              statement.setLong(from, gift.lead());
              statement.setLong(from + 1, gift.automation());
              statement.setLong(from + 2, gift.points());
              statement.setObject(from + 3, Utc.column(gift.at()));
              return from + 4;
            }));
  }

  /** The next leads by their ids, also those in the trash, which nobody else changes until the end of the transaction. */
  public List<Record> lock(long after, int size, Schema schema) {
    return store.select(
        EntityType.LEAD,
        schema,
        "where r.id > ? order by r.id limit " + size + " for update",
        after);
  }

  /** How many live activities of each type the leads have. */
  public List<Posted> posted(Collection<Long> leads) {
    List<Posted> posted = new ArrayList<>();
    Sql.pieces(
        leads,
        piece ->
            posted.addAll(
                jdbc.query(
                    "select lead_id, type, count(*) from activities where lead_id in ("
                        + Sql.marks(piece.size())
                        + ") and trashed_at is null group by lead_id, type",
                    (row, n) -> new Posted(row.getLong(1), row.getString(2), row.getLong(3)),
                    piece.toArray())));
    return posted;
  }

  /** What the leads were given, by lead and automation. */
  public Map<Long, Map<Long, Long>> given(Collection<Long> leads) {
    Map<Long, Map<Long, Long>> given = new HashMap<>();
    Sql.pieces(
        leads,
        piece ->
            jdbc.query(
                "select lead_id, automation_id, sum(points) from score_gift where lead_id in ("
                    + Sql.marks(piece.size())
                    + ") group by lead_id, automation_id",
                row -> {
                  given
                      .computeIfAbsent(row.getLong(1), id -> new HashMap<>())
                      .put(row.getLong(2), row.getLong(3));
                },
                piece.toArray()));
    return given;
  }

  /**
   * Sets the points of leads that were locked before, where they differ. Automations that start on changes do not start,
   * and the leads are not younger for it.
   *
   * @return how many differed
   */
  public int set(List<Record> leads, Map<Long, Points> points, Schema schema) {
    List<Record> before = new ArrayList<>();
    List<Record> after = new ArrayList<>();
    List<JournalEntry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (Record lead : leads) {
      Points wanted = points.get(lead.ref().id());
      if (wanted == null) {
        continue;
      }
      Values values = lead.values().copy();
      Map<String, FieldChange> changes = new HashMap<>();
      set(values, EARNED, wanted.earned(), changes);
      set(values, TOTAL, wanted.total(), changes);
      set(values, PERCENTAGE, (long) wanted.percentage(), changes);
      if (!changes.isEmpty()) {
        before.add(lead);
        after.add(new Record(lead.ref(), lead.version() + 1, null, values, lead.trashedAt()));
        entries.add(
            new JournalEntry(
                now, JournalKind.UPDATED, lead.ref(), lead.ref(), changes, Map.of(), CAUSE));
      }
    }
    if (!after.isEmpty()) {
      store.update(EntityType.LEAD, before, after, schema);
      journal.append(entries);
    }
    return after.size();
  }

  private static void set(
      Values values, String key, long wanted, Map<String, FieldChange> changes) {
    Long present = values.number(key);
    if (present == null || present != wanted) {
      values.with(key, wanted);
      changes.put(key, new FieldChange(present, wanted));
    }
  }

  @EventListener
  void erased(RecordsErased erased) {
    if (erased.type() == EntityType.LEAD) {
      batched.delete("score_gift", "lead_id", erased.ids());
    }
  }
}
