package io.leadloom.platform.audit;

import io.leadloom.platform.Utc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Reads the trail, newest entry first. */
@Component
public class AuditLog {

  /** A search for a text looks through so many entries at a time. */
  private static final int WINDOW = 20_000;

  private static final int BATCH = 500;

  private final AuditRows rows;

  AuditLog(AuditRows rows) {
    this.rows = rows;
  }

  /**
   * Which entries to show; null stands for all.
   *
   * @param from the earliest time
   * @param to the time before which it was done
   * @param userId who did it
   * @param action what was done: an action such as {@code user.changed}, or its first part such as {@code user}
   * @param subjectKind the kind of thing it was done to
   * @param subjectId its id or key
   * @param text a part of a name or of a value
   */
  public record Filter(
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Long userId,
      @Nullable String action,
      @Nullable String subjectKind,
      @Nullable String subjectId,
      @Nullable String text) {}

  /**
   * A part of the trail.
   *
   * @param next the place to go on before; null at the end. There may be fewer entries than asked for and still more to
   *     come: a search for a text looks through a bounded number of entries at a time
   */
  public record Slice(List<AuditEntry> entries, @Nullable Long next) {}

  /** Entries before a place. */
  @Transactional(readOnly = true)
  public Slice before(Filter filter, @Nullable Long place, int limit) {
    AuditChain.Head head = rows.head();
    long upper = place == null ? head.seq() + 1 : place;
    long lower = filter.text() == null ? 0 : Math.max(0, upper - 1 - WINDOW);
    StringBuilder where = new StringBuilder("seq < ? and seq > ?");
    List<Object> values = new ArrayList<>(List.of(upper, lower));
    conditions(filter, where, values);
    where.append(" order by seq desc limit ?");
    values.add(limit + 1);
    List<AuditEntry> found = rows.entries(where.toString(), values);
    if (found.size() > limit) {
      List<AuditEntry> shown = found.subList(0, limit);
      return new Slice(List.copyOf(shown), shown.get(limit - 1).seq());
    }
    return new Slice(found, lower > head.baseSeq() ? lower + 1 : null);
  }

  private static void conditions(Filter filter, StringBuilder where, List<Object> values) {
    if (filter.from() != null) {
      where.append(" and at >= ?");
      values.add(Utc.column(filter.from()));
    }
    if (filter.to() != null) {
      where.append(" and at < ?");
      values.add(Utc.column(filter.to()));
    }
    if (filter.userId() != null) {
      where.append(" and actor_id = ?");
      values.add(filter.userId());
    }
    if (filter.action() != null) {
      boolean whole = filter.action().indexOf('.') >= 0;
      where.append(whole ? " and action = ?" : " and action like ? escape '!'");
      values.add(whole ? filter.action() : like(filter.action()) + ".%");
    }
    if (filter.subjectKind() != null) {
      where.append(" and subject_kind = ?");
      values.add(filter.subjectKind());
    }
    if (filter.subjectId() != null) {
      where.append(" and subject_id = ?");
      values.add(filter.subjectId());
    }
    if (filter.text() != null) {
      String part = "%" + like(filter.text()) + "%";
      where.append(
          " and (actor_name like ? escape '!' or subject_name like ? escape '!' or subject_id like ? escape '!'"
              + " or address like ? escape '!' or detail like ? escape '!')");
      values.addAll(List.of(part, part, part, part, part));
    }
  }

  private static String like(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** One entry. */
  @Transactional(readOnly = true)
  public Optional<AuditEntry> find(long seq) {
    return rows.entries("seq = ?", List.of(seq)).stream().findFirst();
  }

  /** Gives all matching entries, newest first, without holding a transaction or more than some hundred in memory. */
  public void each(Filter filter, Consumer<AuditEntry> reader) {
    Long place = null;
    do {
      Slice slice = before(filter, place, BATCH);
      slice.entries().forEach(reader);
      place = slice.next();
    } while (place != null);
  }
}
