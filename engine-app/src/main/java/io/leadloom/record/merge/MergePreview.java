package io.leadloom.record.merge;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Shows what there is to merge before it is merged. */
@Component
public class MergePreview {

  private final RecordSearch search;
  private final Relations relations;
  private final Schemas schemas;

  MergePreview(RecordSearch search, Relations relations, Schemas schemas) {
    this.schemas = schemas;
    this.search = search;
    this.relations = relations;
  }

  /**
   * A record that could be merged.
   *
   * @param mayKeep whether it may be the one that stays, and the others go
   * @param bar why it may not; null when it may
   * @param related how much belongs to it, by kind
   */
  public record Candidate(
      Record record, boolean mayKeep, @Nullable Bar bar, Map<String, Long> related) {}

  /** Why a record cannot be the one that stays. */
  public enum Bar {
    /** More than one of them has been converted: none of them goes into another. */
    SEVERAL_CONVERTED,
    /** Another one has been converted. */
    OTHER_CONVERTED,
    /** The reader may not change it, or not delete the others. */
    PERMISSION
  }

  /**
   * Records beside each other, in the order in which they were asked for.
   *
   * @param suggested the record that should stay
   * @param fields the keys of the fields whose values the user may choose
   * @param fixed whether one of them has been converted: only that one may stay, as it is (LEAD-079)
   */
  public record Candidates(
      List<Candidate> items, long suggested, List<String> fields, boolean fixed) {}

  /** What there is to merge. Suggested to stay is what most belongs to, then what is oldest. */
  @Transactional(readOnly = true)
  public Candidates of(EntityType type, List<Long> wanted, Rights rights) {
    Merges.check(type, wanted);
    Map<Long, Record> found = new HashMap<>();
    for (Record record : search.visible(type, wanted, rights)) {
      if (record.trashedAt() == null) {
        found.put(record.ref().id(), record);
      }
    }
    for (long id : wanted) {
      if (!found.containsKey(id)) {
        throw RefusedException.notFound(type.key(), id);
      }
    }
    Set<Long> keep = reached(type, wanted, rights, Action.EDIT);
    Set<Long> go = reached(type, wanted, rights, Action.DELETE);
    List<Long> converted =
        type == EntityType.LEAD
            ? wanted.stream()
                .filter(
                    id ->
                        RecordCommand.Convert.done(Objects.requireNonNull(found.get(id)).values()))
                .toList()
            : List.of();
    Map<Long, Map<String, Long>> counts = relations.counts(type, wanted);
    List<Candidate> items =
        wanted.stream()
            .map(
                id -> {
                  boolean mine =
                      keep.contains(id)
                          && wanted.stream().allMatch(one -> one.equals(id) || go.contains(one));
                  Bar bar =
                      converted.size() > 1
                          ? Bar.SEVERAL_CONVERTED
                          : !converted.isEmpty() && !converted.contains(id)
                              ? Bar.OTHER_CONVERTED
                              : mine ? null : Bar.PERMISSION;
                  return new Candidate(
                      Objects.requireNonNull(found.get(id)),
                      bar == null,
                      bar,
                      counts.getOrDefault(id, Map.of()));
                })
            .toList();
    return new Candidates(
        items,
        suggested(items),
        converted.isEmpty()
            ? MergeChoice.choosable(type, schemas.current(), rights).stream()
                .map(Field::key)
                .toList()
            : List.of(),
        !converted.isEmpty());
  }

  private Set<Long> reached(EntityType type, List<Long> wanted, Rights rights, Action action) {
    return search.reached(type, wanted, rights, action).stream()
        .map(record -> record.ref().id())
        .collect(Collectors.toSet());
  }

  private static long suggested(List<Candidate> items) {
    Candidate best = items.get(0);
    for (Candidate item : items) {
      long more = weight(item) - weight(best);
      boolean older = item.record().ref().id() < best.record().ref().id();
      if (more > 0 || (more == 0 && older)) {
        best = item;
      }
    }
    return best.record().ref().id();
  }

  private static long weight(Candidate item) {
    long related = item.related().values().stream().mapToLong(Long::longValue).sum();
    return item.mayKeep() ? related + 1 : 0;
  }
}
