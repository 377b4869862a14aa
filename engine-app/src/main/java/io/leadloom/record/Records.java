package io.leadloom.record;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The door to records: the one way to read, search and write them. */
public interface Records {

  /**
   * The same door for somebody with these rights: what is out of their reach is not there, what they may not change is
   * refused, and fields that are hidden from them are unknown. Without it the door is that of Leadloom itself.
   */
  Records as(Rights rights);

  /** Opens a session in the current database transaction; the caller flushes it before the transaction ends. */
  RecordSession open();

  /**
   * Writes commands in a transaction of their own (or the current one) and returns one result per command, in order. A
   * race on a unique value is retried, so that the loser gets a {@link WriteResult.Refused} that names the field.
   */
  List<WriteResult> write(List<RecordCommand> commands, Cause cause);

  /** Creates one record with tags, in one transaction, and reads it back in the same. */
  Created create(
      EntityType type, @Nullable String activityType, Values values, Set<String> tags, Cause cause);

  /**
   * What became of a creation.
   *
   * @param record the record as it was written; null when it was refused
   */
  record Created(WriteResult result, @Nullable Record record) {}

  Optional<Record> find(RecordRef ref);

  /** Those of the records that are there, live or in the trash, read with one query. */
  List<Record> find(EntityType type, Collection<Long> ids);

  /** Those of the records that are there, live or in the trash, without what is only shared with the asker. */
  List<Record> findUnshared(EntityType type, Collection<Long> ids);

  /** Whether this can be done with a record as far as rights go; not with one that is not there. */
  boolean may(RecordRef ref, Action action);

  /** The same, while what is only shared with the asker does not count (AUT-079). */
  boolean mayUnshared(RecordRef ref, Action action);

  /** Searches live records. Refuses (by {@code RefusedException}) unknown fields and operators that do not fit. */
  Page<Record> search(Search search);

  /** Checks a filter against field definitions without searching; refuses as {@link #search} does. */
  void check(EntityType type, Filter filter, Schema schema);

  /** Counts the records of a search. */
  long count(EntityType type, Filter filter);

  /** Streams the ids of all matches in id order, in pages, for work over many records. */
  void eachId(EntityType type, Filter filter, int pageSize, Consumer<List<Long>> page);

  /**
   * A search.
   *
   * @param fields the keys of the fields wanted; empty for all
   * @param sort the key of the field to sort by; null for newest first
   * @param limit 1 to 200
   */
  record Search(
      EntityType type,
      Filter filter,
      Set<String> fields,
      @Nullable String sort,
      boolean descending,
      @Nullable String cursor,
      int limit,
      boolean withTotal) {}
}
