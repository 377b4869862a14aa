package io.leadloom.record.calling.row;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The contacts of processes in the database. */
@Component
class ContactRows {

  private static final String SELECT =
      "select id, process_id, number, name, custom, created_at from process_contact ";
  private static final int MOST_LEADS = 100;

  /** Behind all that a number can go on with. */
  private static final String LAST = "\uFFFF";

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;

  ContactRows(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** A row as it is kept. */
  record Stored(
      long id,
      long process,
      String number,
      @Nullable String name,
      @Nullable String custom,
      Instant createdAt) {}

  /** A contact to be written. */
  record Made(
      long id,
      String number,
      @Nullable String name,
      byte @Nullable [] folded,
      @Nullable String custom) {}

  /** The contacts of a process with some numbers: ids by number. */
  Map<RowKey, Long> known(long process, Collection<RowKey> numbers) {
    Map<RowKey, Long> known = new HashMap<>();
    Sql.pieces(
        numbers.stream().map(RowKey::bytes).toList(),
        piece -> {
          List<Object> operands = new ArrayList<>();
          operands.add(process);
          operands.addAll(piece);
          jdbc.query(
              "select number_key, id from process_contact where process_id = ? and number_key in ("
                  + Sql.marks(piece.size())
                  + ")",
              row -> {
                known.put(RowKey.read(RowKeys.NUMBER, row.getBytes(1)), row.getLong(2));
              },
              operands.toArray());
        });
    return known;
  }

  void insert(long process, List<Made> made, @Nullable Long user, Instant now) {
    batched.insert(
        "process_contact",
        List.of(
            "id",
            "process_id",
            "number",
            "number_key",
            "name",
            "folded",
            "custom",
            "created_at",
            "created_by"),
        new Rows<>(
            made,
            contact -> contact.custom() == null ? 0 : contact.custom().length(),
            (statement, from, contact) -> {
              statement.setLong(from, contact.id());
              statement.setLong(from + 1, process);
              statement.setString(from + 2, contact.number());
              statement.setBytes(from + 3, RowKeys.ofNumber(contact.number()).bytes());
              statement.setString(from + 4, contact.name());
              statement.setBytes(from + 5, contact.folded());
              statement.setString(from + 6, contact.custom());
              statement.setObject(from + 7, Utc.column(now));
              if (user == null) {
                statement.setNull(from + 8, Types.BIGINT);
              } else {
                statement.setLong(from + 8, user);
              }
              return from + 9;
            }));
  }

  /** One page of a process, the newest first. */
  List<Stored> page(long process, long before, int limit) {
    return jdbc.query(
        SELECT + "where process_id = ? and id < ? order by id desc limit ?",
        ContactRows::read,
        process,
        before,
        limit);
  }

  /** The same of those whose name begins so. */
  List<Stored> called(long process, String folded, long before, int limit) {
    byte[] from = ListLeadRows.title(folded);
    byte[] to = Arrays.copyOf(from, from.length + 1);
    to[from.length] = (byte) 0xFF;
    return jdbc.query(
        SELECT
            + "where process_id = ? and folded >= ? and folded < ? and id < ? order by id desc limit ?",
        ContactRows::read,
        process,
        from,
        to,
        before,
        limit);
  }

  /** The same of those with a number, or one that begins so. */
  List<Stored> numbered(long process, String number, String start, long before, int limit) {
    List<Stored> found =
        new ArrayList<>(
            jdbc.query(
                SELECT
                    + "where process_id = ? and number >= ? and number < ? and id < ? order by id desc limit ?",
                ContactRows::read,
                process,
                start,
                start + LAST,
                before,
                limit));
    List<Stored> exact =
        jdbc.query(
            SELECT + "where process_id = ? and number_key = ? and id < ?",
            ContactRows::read,
            process,
            RowKeys.ofNumber(number).bytes(),
            before);
    exact.stream().filter(one -> !found.contains(one)).forEach(found::add);
    found.sort(Comparator.comparingLong(Stored::id).reversed());
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  Optional<Stored> find(long id) {
    return jdbc.query(SELECT + "where id = ?", ContactRows::read, id).stream().findFirst();
  }

  private static Stored read(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class))));
  }

  /** How many leads contacts have. Those of lists that are being deleted are left out. */
  Map<Long, Long> leads(Collection<Long> contacts) {
    Map<Long, Long> leads = new HashMap<>();
    Sql.pieces(
        contacts,
        piece ->
            jdbc.query(
                "select r.contact_id, count(*) from list_lead r join lead_list l on l.id = r.list_id"
                    + " where r.contact_id in ("
                    + Sql.marks(piece.size())
                    + ") group by r.contact_id",
                row -> {
                  leads.put(row.getLong(1), row.getLong(2));
                },
                piece.toArray()));
    return leads;
  }

  /** The latest leads of a contact. Those of lists that are being deleted are left out. */
  List<ProcessContact.OfList> some(long contact) {
    return jdbc.query(
        "select r.id, l.id, l.name from list_lead r join lead_list l on l.id = r.list_id"
            + " where r.contact_id = ? order by r.id desc limit "
            + MOST_LEADS,
        (row, n) -> new ProcessContact.OfList(row.getLong(1), row.getLong(2), row.getString(3)),
        contact);
  }

  /** Keeps uploads from finding contacts until the transaction ends that deletes their leads. */
  void lock(Collection<Long> contacts) {
    Long process =
        contacts.stream().findFirst().flatMap(this::find).map(Stored::process).orElse(null);
    if (process != null) {
      jdbc.queryForList("select id from call_process where id = ? for update", process);
    }
  }

  /** Deletes those that have no lead any more: nothing of them would be known but a number. */
  void forget(Collection<Long> contacts) {
    jdbc.batchUpdate(
        "delete from process_contact where id = ?"
            + " and not exists (select 1 from list_lead r where r.contact_id = ?)",
        contacts.stream().map(id -> new Object[] {id, id}).toList());
  }
}
