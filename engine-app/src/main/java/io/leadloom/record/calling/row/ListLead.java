package io.leadloom.record.calling.row;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lead of a lead list, for who keeps the process.
 *
 * @param list the id of its list
 * @param contact the id of its contact within the process; null where it has no number (VOC-006)
 * @param values by the names of columns, those that are not blank
 * @param moves from list to list, the latest first; null where they are not asked for
 * @param version rises with each change
 */
public record ListLead(
    long id,
    long list,
    @Nullable Long contact,
    Map<String, Object> values,
    @Nullable List<Move> moves,
    Instant createdAt,
    Instant changedAt,
    int version) {

  /**
   * An upload took a lead from one list into another (LEAD-069).
   *
   * @param from the name that the list had then
   * @param to the name that the list had then
   */
  public record Move(String from, String to, Instant at, @Nullable Long by) {}

  public ListLead {
    values = Map.copyOf(values);
    moves = moves == null ? null : List.copyOf(moves);
  }
}
