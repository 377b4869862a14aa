package io.leadloom.record.store;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.FormerRecords;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which records have been merged into which, so that their ids keep resolving. */
@Component
public class MergedRecords implements FormerRecords {

  /** A survivor can be merged itself later on; nobody does that so often. */
  private static final int LONGEST_CHAIN = 100;

  private final JdbcTemplate jdbc;

  MergedRecords(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The record that stands for one that has been merged, in the end; null for a record that has not. */
  public @Nullable RecordRef survivor(RecordRef ref) {
    return survivors(List.of(ref)).get(ref);
  }

  /** The records that stand for those among these that have been merged, with one query for each link of a chain. */
  @Override
  public Map<RecordRef, RecordRef> survivors(Collection<RecordRef> refs) {
    Map<EntityType, Set<Long>> asked = new EnumMap<>(EntityType.class);
    refs.forEach(
        ref -> asked.computeIfAbsent(ref.type(), type -> new LinkedHashSet<>()).add(ref.id()));
    Map<RecordRef, RecordRef> survivors = new HashMap<>();
    asked.forEach(
        (type, ids) -> {
          Map<Long, Long> next = next(type, ids);
          Map<Long, Long> known = new HashMap<>(next);
          for (int link = 0; link < LONGEST_CHAIN && !next.isEmpty(); link++) {
            next = next(type, next.values());
            known.putAll(next);
          }
          for (Long id : ids) {
            Long last = id;
            for (int link = 0; link < LONGEST_CHAIN && known.containsKey(last); link++) {
              last = known.get(last);
            }
            if (!last.equals(id)) {
              survivors.put(new RecordRef(type, id), new RecordRef(type, last));
            }
          }
        });
    return survivors;
  }

  private Map<Long, Long> next(EntityType type, Collection<Long> ids) {
    Map<Long, Long> next = new HashMap<>();
    Sql.pieces(
        new ArrayList<>(ids),
        piece -> {
          List<Object> arguments = new ArrayList<>(piece);
          arguments.add(EntityTable.code(type));
          jdbc.query(
              "select record_id, survivor_id from merged_record where record_id in ("
                  + Sql.marks(piece.size())
                  + ") and entity = ?",
              row -> {
                next.put(row.getLong(1), row.getLong(2));
              },
              arguments.toArray());
        });
    return next;
  }

  /** Everything that has been merged into a record, also by way of others; at most so many. */
  @Override
  public List<RecordRef> mergedInto(RecordRef survivor, int most) {
    Set<Long> found = new LinkedHashSet<>();
    List<Long> into = List.of(survivor.id());
    while (!into.isEmpty() && found.size() < most) {
      List<Long> more = new ArrayList<>();
      Sql.pieces(
          into,
          piece -> {
            List<Object> arguments = new ArrayList<>(piece);
            arguments.add(EntityTable.code(survivor.type()));
            jdbc.query(
                "select record_id from merged_record where survivor_id in ("
                    + Sql.marks(piece.size())
                    + ") and entity = ? order by record_id limit "
                    + most,
                row -> {
                  if (found.add(row.getLong(1))) {
                    more.add(row.getLong(1));
                  }
                },
                arguments.toArray());
          });
      into = more;
    }
    return found.stream().limit(most).map(id -> new RecordRef(survivor.type(), id)).toList();
  }
}
