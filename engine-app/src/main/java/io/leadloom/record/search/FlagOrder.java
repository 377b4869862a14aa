package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.Record;
import io.leadloom.record.mark.Flag;
import io.leadloom.record.search.KeysetCursor.Part;
import io.leadloom.record.search.KeysetCursor.Position;
import io.leadloom.schema.Field;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Leads by their flag (LEAD-086, LEAD-098): descending, those with a flag come before those without, whoever set it, and
 * among each the newest first; ascending it is the other way round. Two plain ranges of the index on creation, so that
 * the flag needs no index of its own.
 */
final class FlagOrder {

  private static final char FLAGGED = '1';
  private static final char OTHER = '0';

  private final KeysetCursor.Order order;
  private final boolean descending;

  FlagOrder(KeysetCursor.Order order, boolean descending) {
    this.order = order;
    this.descending = descending;
  }

  /** Whether records sorted by this field come in this order. */
  static boolean of(Field sort) {
    return sort.entity() == EntityType.LEAD && sort.system() && sort.key().equals(Flag.FIELD);
  }

  /** The place of a lead in the order, as text. */
  static String sorted(Record lead) {
    return (lead.values().get(Flag.FIELD) == null ? OTHER : FLAGGED)
        + String.valueOf(lead.values().get("createdAt"));
  }

  /** The rows after a position, or all. */
  List<Part> parts(@Nullable Position after) {
    boolean begun = after == null;
    List<Part> parts = new ArrayList<>();
    for (boolean flagged : new boolean[] {descending, !descending}) {
      String group = order.column() + (flagged ? " is not null" : " is null");
      if (begun) {
        parts.add(part(group));
      } else if (after != null && isFlagged(after) == flagged) {
        begun = true;
        String beyond = descending ? " < ?" : " > ?";
        LocalDateTime created = created(after);
        parts.add(part(group + " and r.created_at = ? and r.id" + beyond, created, after.id()));
        parts.add(part(group + " and r.created_at" + beyond, created));
      }
    }
    return parts;
  }

  private static boolean isFlagged(Position position) {
    return Objects.requireNonNull(position.sorted()).charAt(0) == FLAGGED;
  }

  private static LocalDateTime created(Position position) {
    Instant created = Instant.parse(Objects.requireNonNull(position.sorted()).substring(1));
    return Objects.requireNonNull(Utc.column(created));
  }

  private Part part(String condition, Object... arguments) {
    String direction = descending ? " desc" : "";
    String leading = order.leading().isEmpty() ? "" : order.leading() + direction + ", ";
    return new Part(
        SqlCondition.of(condition, arguments),
        " order by " + leading + "r.created_at" + direction + ", r.id" + direction,
        false);
  }
}
