package io.leadloom.journal.log;

import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalKind;
import io.leadloom.journal.Wanted;
import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.RecordRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** The rows of the journal: how an event is stored and read back. */
public final class JournalRows {

  public static final String COLUMNS =
      "place, happened_at, kind, subject_type, subject_id, root_type, root_id, payload, payload_long";

  private static final List<String> EACH_COLUMN = List.of(COLUMNS.split(", "));

  /** The longest payload that the short column takes, in characters. */
  private static final int SHORT_PAYLOAD = 12_000;

  public static final RowMapper<JournalEvent> EVENT = (row, number) -> event(row);

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;

  public JournalRows(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** A run of sequences of one partition, both ends included. */
  public record Range(int partition, long from, long to) {}

  void insert(List<JournalEvent> events) {
    batched.insert(
        "journal", EACH_COLUMN, new Rows<>(events, JournalRows::size, JournalRows::bind));
  }

  private static long size(JournalEvent event) {
    long characters = 0;
    for (FieldChange change : event.entry().changes().values()) {
      characters += size(change.before()) + size(change.after());
    }
    for (String value : event.entry().detail().values()) {
      characters += value.length();
    }
    return characters;
  }

  private static long size(@Nullable Object value) {
    return value instanceof String text ? text.length() : 0;
  }

  /** Reads the wanted events of several partitions with one query: by partition, then sequence. */
  public List<JournalEvent> read(List<Range> ranges, Wanted wanted) {
    if (wanted.pairs().isEmpty()) {
      return List.of();
    }
    String select =
        "(select "
            + COLUMNS
            + " from journal where place between ? and ?"
            + condition(wanted)
            + ")";
    String sql =
        Stream.generate(() -> select)
            .limit(Places.filledUp(ranges.size()))
            .collect(Collectors.joining(" union all "));
    List<Object> arguments = new ArrayList<>();
    for (Range range : ranges) {
      arguments.add(Places.of(range.partition(), range.from()));
      arguments.add(Places.of(range.partition(), range.to()));
    }
    for (int i = ranges.size(); i < Places.filledUp(ranges.size()); i++) {
      // Nothing lies there.
      arguments.add(1L);
      arguments.add(0L);
    }
    return jdbc.query(sql + " order by place", EVENT, arguments.toArray());
  }

  private static String condition(Wanted wanted) {
    if (wanted.everything()) {
      return "";
    }
    return wanted.pairs().stream()
        .map(pair -> Integer.toString(10 * pair.kind().code() + EntityCodes.of(pair.subject())))
        .collect(Collectors.joining(",", " and 10 * kind + subject_type in (", ")"));
  }

  /** Sets the columns of {@link #COLUMNS} from the given parameter on and returns the next free one. */
  public static int bind(PreparedStatement statement, int first, JournalEvent event)
      throws SQLException {
    JournalEntry entry = event.entry();
    String payload = PayloadCodec.write(entry);
    boolean fits = payload.length() <= SHORT_PAYLOAD;
    int at = first;
    statement.setLong(at++, Places.of(event.partition(), event.sequence()));
    statement.setObject(at++, time(entry.at()));
    statement.setInt(at++, entry.kind().code());
    statement.setInt(at++, EntityCodes.of(entry.subject().type()));
    statement.setLong(at++, entry.subject().id());
    statement.setInt(at++, EntityCodes.of(entry.root().type()));
    statement.setLong(at++, entry.root().id());
    statement.setString(at++, fits ? payload : null);
    statement.setString(at++, fits ? null : payload);
    return at;
  }

  public static JournalEvent event(ResultSet row) throws SQLException {
    long place = row.getLong("place");
    String payload = row.getString("payload");
    PayloadCodec.Payload parts =
        PayloadCodec.read(payload == null ? row.getString("payload_long") : payload);
    JournalEntry entry =
        new JournalEntry(
            time(row.getObject("happened_at", LocalDateTime.class)),
            JournalKind.of(row.getInt("kind")),
            new RecordRef(EntityCodes.type(row.getInt("subject_type")), row.getLong("subject_id")),
            new RecordRef(EntityCodes.type(row.getInt("root_type")), row.getLong("root_id")),
            parts.changes(),
            parts.detail(),
            parts.cause());
    return new JournalEvent(Places.partition(place), Places.sequence(place), entry);
  }

  /** Stored times are UTC, whatever the zone of the process or the server. */
  public static LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  public static Instant time(LocalDateTime stored) {
    return stored.toInstant(ZoneOffset.UTC);
  }
}
