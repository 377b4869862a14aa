package io.leadloom.journal.log;

import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Pages through the events of a root record by their place. */
public final class JdbcJournalHistory implements JournalHistory {

  private final JdbcTemplate jdbc;

  public JdbcJournalHistory(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Page<JournalEvent> ofRoot(
      RecordRef root, List<Matter> matters, @Nullable String cursor, int limit) {
    List<String> either = new ArrayList<>();
    List<Object> codes = new ArrayList<>();
    for (Matter matter : matters) {
      List<String> both = new ArrayList<>();
      if (!matter.subjects().isEmpty()) {
        both.add(oneOf("subject_type", matter.subjects().size()));
        matter.subjects().forEach(type -> codes.add(EntityCodes.of(type)));
      }
      if (!matter.kinds().isEmpty()) {
        both.add(oneOf("kind", matter.kinds().size()));
        matter.kinds().forEach(kind -> codes.add(kind.code()));
      }
      either.add(both.isEmpty() ? "1 = 1" : String.join(" and ", both));
    }
    String condition = either.isEmpty() ? "" : " and (" + String.join(" or ", either) + ")";
    return page(condition, codes, root, cursor, limit);
  }

  private static String oneOf(String column, int count) {
    return column + " in (" + String.join(", ", Collections.nCopies(count, "?")) + ")";
  }

  @Override
  public Page<JournalEvent> ofSubject(
      RecordRef subject, RecordRef root, @Nullable String cursor, int limit) {
    List<Object> arguments = List.of(EntityCodes.of(subject.type()), subject.id());
    return page(" and subject_type = ? and subject_id = ?", arguments, root, cursor, limit);
  }

  private Page<JournalEvent> page(
      String condition,
      List<Object> conditionArguments,
      RecordRef root,
      @Nullable String cursor,
      int limit) {
    Page.limit(limit, MAX_LIMIT);
    List<Object> arguments =
        new ArrayList<>(List.of(root.id(), EntityCodes.of(root.type()), before(cursor)));
    arguments.addAll(conditionArguments);
    arguments.add(limit + 1);
    List<JournalEvent> events =
        jdbc.query(
            "select "
                + JournalRows.COLUMNS
                + " from journal where root_id = ? and root_type = ? and place < ?"
                + condition
                + " order by root_id desc, root_type desc, place desc limit ?",
            JournalRows.EVENT,
            arguments.toArray());
    if (events.size() <= limit) {
      return new Page<>(events, null, null);
    }
    JournalEvent last = events.get(limit - 1);
    return new Page<>(events.subList(0, limit), after(last), null);
  }

  @Override
  public String after(JournalEvent event) {
    return Long.toString(Places.of(event.partition(), event.sequence()));
  }

  private static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw RefusedException.invalid(
          "The cursor is malformed",
          Violation.of("cursor", cursor, "the 'next' of the page before"));
    }
  }
}
