package io.leadloom.record.calling.row;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The leads of lists in the database. */
@Component
class ListLeadRows {

  private static final String SELECT =
      "select id, list_id, custom, upload_id, created_at, changed_at, version, contact_id from list_lead ";
  private static final int TITLE_BYTES = 400;

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;

  ListLeadRows(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** A row as it is kept. */
  record Stored(
      long id,
      long list,
      @Nullable String custom,
      @Nullable Long upload,
      Instant createdAt,
      Instant changedAt,
      int version,
      @Nullable Long contact) {}

  /** A lead that has a key. */
  record Holder(RowKey key, long lead, long list, @Nullable Long upload, Instant changedAt) {}

  /** A row to be written; its keys are those of its values, its contact is that of its number. */
  record Written(
      long id,
      long list,
      @Nullable Long contact,
      @Nullable String number,
      byte @Nullable [] title,
      @Nullable String custom,
      List<RowKey> keys) {}

  /** What a text is found by that begins like it. */
  static byte[] title(String folded) {
    byte[] bytes = folded.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= TITLE_BYTES ? bytes : Arrays.copyOf(bytes, TITLE_BYTES);
  }

  /** One page of a list, the newest first. */
  List<Stored> page(long list, long before, int limit) {
    return jdbc.query(
        SELECT + "where list_id = ? and id < ? order by id desc limit ?",
        ListLeadRows::read,
        list,
        before,
        limit);
  }

  /** The same of those with a value in a field. */
  List<Stored> filled(long list, long field, long before, int limit) {
    return jdbc.query(
        SELECT + "where list_id = ? and id < ? and custom like ? order by id desc limit ?",
        ListLeadRows::read,
        list,
        before,
        "%\"" + field + "\":%",
        limit);
  }

  /** The same of those whose title begins so. */
  List<Stored> titled(long list, String folded, long before, int limit) {
    byte[] from = title(folded);
    byte[] to = Arrays.copyOf(from, from.length + 1);
    to[from.length] = (byte) 0xFF;
    return jdbc.query(
        SELECT
            + "where list_id = ? and title >= ? and title < ? and id < ? order by id desc limit ?",
        ListLeadRows::read,
        list,
        from,
        to,
        before,
        limit);
  }

  /** The same of those with a number, or one that begins so. */
  List<Stored> numbered(long list, String number, String start, long before, int limit) {
    return jdbc.query(
        SELECT
            + "where list_id = ? and (number = ? or number like ?) and id < ? order by id desc limit ?",
        ListLeadRows::read,
        list,
        number,
        start + "%",
        before,
        limit);
  }

  Optional<Stored> find(long id) {
    return jdbc.query(SELECT + "where id = ?", ListLeadRows::read, id).stream().findFirst();
  }

  List<Stored> load(Collection<Long> ids) {
    List<Stored> found = new ArrayList<>();
    Sql.pieces(
        ids,
        piece ->
            found.addAll(
                jdbc.query(
                    SELECT + "where id in (" + Sql.marks(piece.size()) + ")",
                    ListLeadRows::read,
                    piece.toArray())));
    return found;
  }

  private static Stored read(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getObject(4, Long.class),
        Objects.requireNonNull(Utc.moment(row.getObject(5, LocalDateTime.class))),
        Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class))),
        row.getInt(7),
        row.getObject(8, Long.class));
  }

  List<ListLead.Move> moves(long lead) {
    return jdbc.query(
        "select from_list, to_list, moved_at, moved_by from list_lead_move where lead_id = ?"
            + " order by id desc limit 100",
        (row, number) ->
            new ListLead.Move(
                row.getString(1),
                row.getString(2),
                Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))),
                row.getObject(4, Long.class)),
        lead);
  }

  /** The lists among which leads are compared, with their names: the chosen one and those of its campaigns (LEAD-062). */
  Map<Long, String> scope(long list) {
    Map<Long, String> scope = new LinkedHashMap<>();
    jdbc.query(
        "select id, name from lead_list where id = ? or id in (select o.list_id from lead_list_campaign c"
            + " join lead_list_campaign o on o.campaign_id = c.campaign_id where c.list_id = ?) order by id",
        row -> {
          scope.put(row.getLong(1), row.getString(2));
        },
        list,
        list);
    return scope;
  }

  List<Holder> holders(Collection<RowKey> keys, Collection<Long> scope) {
    List<Holder> holders = new ArrayList<>();
    String among = Ids.listed(scope);
    Sql.pieces(
        keys.stream().map(RowKey::bytes).toList(),
        piece ->
            holders.addAll(
                jdbc.query(
                    "select k.field_id, k.value_key, l.id, l.list_id, l.upload_id, l.changed_at from list_lead_key k"
                        + " join list_lead l on l.id = k.lead_id where k.value_key in ("
                        + Sql.marks(piece.size())
                        + ") and k.list_id in ("
                        + among
                        + ")",
                    (row, number) ->
                        new Holder(
                            RowKey.read(row.getLong(1), row.getBytes(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getObject(5, Long.class),
                            Objects.requireNonNull(
                                Utc.moment(row.getObject(6, LocalDateTime.class)))),
                    piece.toArray())));
    return holders;
  }

  void insert(List<Written> rows, @Nullable Long upload, @Nullable Long user, Instant now) {
    batched.insert(
        "list_lead",
        List.of(
            "id",
            "list_id",
            "contact_id",
            "number",
            "title",
            "custom",
            "upload_id",
            "created_at",
            "created_by",
            "changed_at",
            "version"),
        new Rows<>(
            rows,
            ListLeadRows::characters,
            (statement, from, row) -> {
              statement.setLong(from, row.id());
              int next = values(statement, from + 1, row);
              setLong(statement, next, upload);
              statement.setObject(next + 1, Utc.column(now));
              setLong(statement, next + 2, user);
              statement.setObject(next + 3, Utc.column(now));
              statement.setInt(next + 4, 1);
              return next + 5;
            }));
    insertKeys(rows);
  }

  private static long characters(Written row) {
    String custom = row.custom();
    return custom == null ? 0 : custom.length();
  }

  private static int values(PreparedStatement statement, int from, Written row)
      throws SQLException {
    statement.setLong(from, row.list());
    setLong(statement, from + 1, row.contact());
    statement.setString(from + 2, row.number());
    statement.setBytes(from + 3, row.title());
    statement.setString(from + 4, row.custom());
    return from + 5;
  }

  private static void setLong(PreparedStatement statement, int index, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value);
    }
  }

  void update(List<Written> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc.batchUpdate(
        "update list_lead set list_id = ?, contact_id = ?, number = ?, title = ?, custom = ?, changed_at = ?, version = version + 1"
            + " where id = ?",
        rows,
        500,
        (PreparedStatement statement, Written row) -> {
          int next = values(statement, 1, row);
          statement.setObject(next, Utc.column(now));
          statement.setLong(next + 1, row.id());
        });
    jdbc.batchUpdate(
        "delete from list_lead_key where lead_id = ?",
        rows,
        500,
        (PreparedStatement statement, Written row) -> statement.setLong(1, row.id()));
    insertKeys(rows);
  }

  private record Entry(Written row, RowKey key) {}

  private void insertKeys(List<Written> rows) {
    List<Entry> entries =
        rows.stream().flatMap(row -> row.keys().stream().map(key -> new Entry(row, key))).toList();
    batched.insert(
        "list_lead_key",
        List.of("value_key", "lead_id", "field_id", "list_id"),
        new Rows<>(
            entries,
            (statement, from, entry) -> {
              statement.setBytes(from, entry.key().bytes());
              statement.setLong(from + 1, entry.row().id());
              statement.setLong(from + 2, entry.key().field());
              statement.setLong(from + 3, entry.row().list());
              return from + 4;
            }));
  }

  /** Keeps the values that leads have in one field, in place of those that were kept of it. */
  void keep(long field, List<Written> leads) {
    jdbc.batchUpdate(
        "delete from list_lead_key where lead_id = ? and field_id = ?",
        leads,
        500,
        (PreparedStatement statement, Written lead) -> {
          statement.setLong(1, lead.id());
          statement.setLong(2, field);
        });
    insertKeys(leads);
  }

  /** Keeps that a lead went from one list to another. */
  void move(long id, long lead, String from, String to, Target target, Instant now) {
    jdbc.update(
        "insert into list_lead_move (id, lead_id, from_list, to_list, upload_id, moved_at, moved_by)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        id,
        lead,
        from,
        to,
        target.upload(),
        Utc.column(now),
        target.user());
  }

  /** Adds to how many leads a list has. */
  void count(long list, long more) {
    if (more != 0) {
      jdbc.update("update lead_list set leads = leads + ? where id = ?", more, list);
    }
  }
}
