package io.leadloom.record.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalArchive;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory.Matter;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps what happened to records when the journal lets go of it. */
@Component
class KeptHistory implements JournalArchive {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, FieldChange>> CHANGES = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};

  private final JdbcTemplate jdbc;

  KeptHistory(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void archive(List<JournalEvent> events) {
    jdbc.batchUpdate(
        "insert into record_history (entity, record_id, at, partition_id, seq, kind, root_entity, root_id, changes,"
            + " detail, cause) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        events,
        500,
        (statement, event) -> {
          JournalEntry entry = event.entry();
          statement.setInt(1, EntityTable.code(entry.subject().type()));
          statement.setLong(2, entry.subject().id());
          statement.setObject(3, Utc.column(entry.at()));
          statement.setInt(4, event.partition());
          statement.setLong(5, event.sequence());
          statement.setInt(6, entry.kind().code());
          statement.setInt(7, EntityTable.code(entry.root().type()));
          statement.setLong(8, entry.root().id());
          statement.setString(9, entry.changes().isEmpty() ? null : write(entry.changes()));
          statement.setString(10, entry.detail().isEmpty() ? null : write(entry.detail()));
          statement.setString(11, write(entry.cause()));
        });
  }

  /**
   * Events newest first.
   *
   * @param root whether those of the root are wanted, or only those of the subject
   * @param matters only events of one of these; empty for all
   * @param before only events before this one; null for the newest
   */
  List<JournalEvent> read(
      RecordRef ref, boolean root, List<Matter> matters, @Nullable Place before, int limit) {
    String entity = root ? "root_entity" : "entity";
    String record = root ? "root_id" : "record_id";
    List<Object> arguments = new ArrayList<>(List.of(EntityTable.code(ref.type()), ref.id()));
    String after = "";
    if (before != null) {
      LocalDateTime at = Objects.requireNonNull(Utc.column(before.at()));
      after = " and at <= ? and (at < ? or partition_id < ? or (partition_id = ? and seq < ?))";
      arguments.addAll(List.of(at, at, before.partition(), before.partition(), before.sequence()));
    }
    after += among(matters, arguments);
    arguments.add(limit);
    return jdbc.query(
        "select * from record_history where "
            + entity
            + " = ? and "
            + record
            + " = ?"
            + after
            + " order by "
            + entity
            + " desc, "
            + record
            + " desc, at desc, partition_id desc, seq desc limit ?",
        (row, n) -> event(row),
        arguments.toArray());
  }

  private static String among(List<Matter> matters, List<Object> arguments) {
    List<String> either = new ArrayList<>();
    for (Matter matter : matters) {
      List<String> both = new ArrayList<>();
      if (!matter.subjects().isEmpty()) {
        both.add("entity in (" + Sql.marks(matter.subjects().size()) + ")");
        matter.subjects().forEach(type -> arguments.add(EntityTable.code(type)));
      }
      if (!matter.kinds().isEmpty()) {
        both.add("kind in (" + Sql.marks(matter.kinds().size()) + ")");
        matter.kinds().forEach(kind -> arguments.add(kind.code()));
      }
      either.add(both.isEmpty() ? "1 = 1" : String.join(" and ", both));
    }
    return either.isEmpty() ? "" : " and (" + String.join(" or ", either) + ")";
  }

  /** The place of an event in the history. */
  record Place(Instant at, int partition, long sequence) {}

  private static JournalEvent event(ResultSet row) throws SQLException {
    String changes = row.getString("changes");
    String detail = row.getString("detail");
    return new JournalEvent(
        row.getInt("partition_id"),
        row.getLong("seq"),
        new JournalEntry(
            Objects.requireNonNull(Utc.moment(row.getObject("at", LocalDateTime.class))),
            JournalKind.of(row.getInt("kind")),
            new RecordRef(EntityType.values()[row.getInt("entity") - 1], row.getLong("record_id")),
            new RecordRef(
                EntityType.values()[row.getInt("root_entity") - 1], row.getLong("root_id")),
            changes == null ? Map.of() : read(changes, CHANGES),
            detail == null ? Map.of() : read(detail, DETAIL),
            read(row.getString("cause"), new TypeReference<Cause>() {})));
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass() + " as JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A kept event cannot be read", e);
    }
  }
}
