package io.leadloom.platform.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of the trail and of the ends of its chain. */
@Component
class AuditRows {

  static final String COLUMNS =
      "seq, at, actor_kind, actor_id, actor_name, actor_key, address, action, subject_kind, subject_id, subject_name,"
          + " detail, key_generation, hash";

  private static final String HEAD =
      "select head_seq, head_hash, base_seq, base_hash, key_generation, mac from audit_head where id = 1";

  private final JdbcTemplate jdbc;
  private final ObjectMapper json = new ObjectMapper();

  AuditRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A row with the hash that is stored beside it. */
  record Stored(AuditChain.Row row, byte[] hash) {}

  AuditChain.Head head() {
    return Objects.requireNonNull(jdbc.queryForObject(HEAD, (row, n) -> head(row)));
  }

  /** Makes this the only transaction that writes to the trail, until it ends. */
  AuditChain.Head lockHead() {
    return Objects.requireNonNull(jdbc.queryForObject(HEAD + " for update", (row, n) -> head(row)));
  }

  private static AuditChain.Head head(ResultSet row) throws SQLException {
    return new AuditChain.Head(
        row.getLong(1),
        row.getBytes(2),
        row.getLong(3),
        row.getBytes(4),
        row.getInt(5),
        row.getBytes(6));
  }

  void setHead(AuditChain.Head head) {
    jdbc.update(
        "update audit_head set head_seq = ?, head_hash = ?, base_seq = ?, base_hash = ?, key_generation = ?, mac = ?"
            + " where id = 1",
        head.seq(),
        head.hash(),
        head.baseSeq(),
        head.baseHash(),
        head.generation(),
        head.mac());
  }

  void insert(List<Stored> entries) {
    jdbc.batchUpdate(
        "insert into audit_entry (" + COLUMNS + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        entries.stream().map(AuditRows::values).toList());
  }

  private static @Nullable Object[] values(Stored stored) {
    AuditChain.Row row = stored.row();
    AuditActor actor = row.actor();
    return new @Nullable Object[] {
      row.seq(),
      Utc.column(row.at()),
      actor.kind().key(),
      actor.userId(),
      actor.name(),
      actor.apiKey(),
      actor.address(),
      row.action(),
      row.subjectKind(),
      row.subjectId(),
      row.subjectName(),
      row.detail(),
      row.generation(),
      stored.hash()
    };
  }

  /** At most {@code most} entries after a place, in order, up to a last place. */
  List<Stored> after(long seq, long last, int most) {
    return jdbc.query(
        "select " + COLUMNS + " from audit_entry where seq > ? and seq <= ? order by seq limit ?",
        (row, n) -> stored(row),
        seq,
        last,
        most);
  }

  List<AuditEntry> entries(String where, List<Object> values) {
    return jdbc.query(
        "select " + COLUMNS + " from audit_entry where " + where,
        (row, n) -> entry(stored(row).row()),
        values.toArray());
  }

  /** The place of the newest entry that there is, whatever the head says; 0 for none. */
  long newest() {
    Long newest = jdbc.queryForObject("select max(seq) from audit_entry", Long.class);
    return newest == null ? 0 : newest;
  }

  /** Removes entries up to this one. */
  void removeUpTo(long seq) {
    jdbc.update("delete from audit_entry where seq <= ?", seq);
  }

  private static Stored stored(ResultSet row) throws SQLException {
    AuditActor actor =
        new AuditActor(
            AuditActor.Kind.of(row.getString("actor_kind")),
            row.getObject("actor_id", Long.class),
            row.getString("actor_name"),
            row.getString("actor_key"),
            row.getString("address"));
    AuditChain.Row link =
        new AuditChain.Row(
            row.getLong("seq"),
            Objects.requireNonNull(Utc.moment(row.getObject("at", LocalDateTime.class))),
            actor,
            row.getString("action"),
            row.getString("subject_kind"),
            row.getString("subject_id"),
            row.getString("subject_name"),
            row.getString("detail"),
            row.getInt("key_generation"));
    return new Stored(link, row.getBytes("hash"));
  }

  private AuditEntry entry(AuditChain.Row row) {
    return new AuditEntry(
        row.seq(),
        row.at(),
        row.actor(),
        row.action(),
        row.subjectKind(),
        row.subjectId(),
        row.subjectName(),
        changes(row.detail()));
  }

  String detail(List<AuditEvent.Change> changes) {
    try {
      return json.writeValueAsString(changes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts always have a JSON form", e);
    }
  }

  /** What was changed by hand in the database is shown as it stands. */
  private List<AuditEvent.Change> changes(String detail) {
    try {
      return json.readValue(detail, new TypeReference<List<AuditEvent.Change>>() {});
    } catch (JsonProcessingException e) {
      return List.of(new AuditEvent.Change("detail", null, detail));
    }
  }
}
