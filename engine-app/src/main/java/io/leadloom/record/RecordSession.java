package io.leadloom.record;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work over records inside one database transaction. Commands take effect in memory at once and are visible
 * to later reads of the same session; SQL and journal rows are written by {@link #flush()} in few batched statements.
 * Not thread-safe; ends with the transaction.
 */
public interface RecordSession {

  /** Loads many records with one query per entity; later {@link #get} calls are answered from memory. */
  void preload(EntityType type, Collection<Long> ids);

  /** Reads a live or trashed record, with the session's own changes applied. */
  Optional<Record> get(RecordRef ref);

  /** The same, or the record that stands for it now when it has been merged into another one. */
  default Optional<Record> standing(RecordRef ref) {
    return get(ref);
  }

  /** The folded names that the record's tags have and had before, with the session's own changes applied. */
  Set<String> tags(RecordRef ref);

  /** Loads the tags of many records with one query. */
  void preloadTags(Collection<RecordRef> refs);

  /** The ids of the static lists that the record is on, with the session's own changes applied. */
  Set<Long> lists(RecordRef ref);

  /** Loads the list memberships of many records with one query. */
  void preloadLists(Collection<RecordRef> refs);

  /**
   * The activities of leads or opportunities, newest first, at most 1,000 of each, with the session's own changes applied.
   *
   * @param of whose: leads or opportunities
   * @param types keys of activity types; empty for all
   * @param since only activities that happened at or after this moment
   */
  List<Record> activities(EntityType of, Collection<Long> ids, Set<String> types, Instant since);

  /** Validates and applies one command. */
  WriteResult apply(RecordCommand command, Cause cause);

  /** Validates and applies many commands, each on its own: a refused one does not stop the others. */
  List<WriteResult> applyAll(List<RecordCommand> commands, Cause cause);

  /** Remembers the present state, so that what follows can be undone. */
  Mark mark();

  /** Undoes all commands since the mark; possible until {@link #flush()}. */
  void rollbackTo(Mark mark);

  /** The records that differ from the database by what is pending, in no particular order; empty after {@link #flush()}. */
  List<Change> pending();

  /**
   * A record that a session has created or changed.
   *
   * @param before as the database has it; null when it is new
   */
  record Change(@Nullable Record before, Record after) {}

  /** Writes all pending changes and their journal rows. May be called several times. */
  void flush();

  /** A point to roll back to. */
  interface Mark {}
}
