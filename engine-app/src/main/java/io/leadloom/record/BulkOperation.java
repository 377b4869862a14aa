package io.leadloom.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be done to many records (LEAD-081, ENG-108). Rooms that records do not know bring theirs as beans.
 */
public interface BulkOperation {

  /** The name in JSON and in the database, for example {@code add-tags}. */
  String key();

  /** Whether it can be done to this kind of record. */
  boolean suits(EntityType type);

  /** What one has to be allowed to do with each record, beside changing many. */
  Action needs();

  /**
   * Checks what somebody has asked for; refuses by {@code RefusedException}.
   *
   * @return the settings as they are kept
   */
  JsonNode accept(EntityType type, JsonNode settings, Rights rights);

  /** With how many records at most it is done in one transaction; fewer where each of them takes much memory. */
  default int page() {
    return 1_000;
  }

  /** Whether those that match a filter are looked for in the trash instead of among the live ones. */
  default boolean ofTrash() {
    return false;
  }

  /** Does it to some records, in their order; what became of each, in the same order. */
  List<Outcome> perform(Chunk chunk, JsonNode settings);

  /** Whether it can be taken back. */
  default boolean undoable() {
    return false;
  }

  /**
   * Takes back what was done to some records, as far as nobody has changed them since.
   *
   * @param undo what {@link Done#undo()} was, for each member
   */
  default List<Outcome> undo(Chunk chunk, List<JsonNode> undo) {
    throw new UnsupportedOperationException(key() + " cannot be taken back");
  }

  /** Whether it takes back what a job of another kind did; then nobody chooses its records, {@link #traces} names them. */
  default boolean traced() {
    return false;
  }

  /**
   * Some of what the other job did, in the order in which it did it.
   *
   * @param after the place of those named before; 0 for the first
   * @return null when there is no more
   */
  default @Nullable Traces traces(JsonNode settings, long after) {
    return null;
  }

  /** What {@link #undo} gets for a record that the other job had in hand twice. */
  default JsonNode joined(JsonNode earlier, JsonNode later) {
    return later;
  }

  /**
   * Some of what another job did.
   *
   * @param records what {@link #undo} needs, by record
   * @param beside what it needs to know beyond these records, by negative numbers of its own
   */
  record Traces(long place, Map<Long, JsonNode> records, Map<Long, JsonNode> beside) {}

  /**
   * Some records of a bulk action. Changes go through the session, which belongs to the current transaction.
   *
   * @param rights those of whoever made the bulk action, as they are now
   */
  record Chunk(
      long bulkId,
      EntityType type,
      List<Member> members,
      RecordSession session,
      Rights rights,
      Cause cause,
      Instant now) {
    public Chunk {
      members = List.copyOf(members);
    }
  }

  /**
   * A record of a bulk action.
   *
   * @param place its place among all, from 0
   * @param record as it is now, live or in the trash
   */
  record Member(long place, Record record) {}

  /** What became of one record. */
  sealed interface Outcome {}

  /**
   * It is done, or nothing had to be.
   *
   * @param changed whether anything differs from before
   * @param undo what is needed to take it back; null when there is nothing to take back
   */
  record Done(boolean changed, @Nullable JsonNode undo) implements Outcome {}

  /** It could not be done, for this reason. */
  record Failed(String reason) implements Outcome {}
}
