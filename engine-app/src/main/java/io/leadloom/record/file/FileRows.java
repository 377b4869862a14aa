package io.leadloom.record.file;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.store.EntityTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the database knows of files. Works in the caller's transaction. */
@Component
class FileRows {

  private static final String COLUMNS =
      "f.id, f.entity, f.record_id, f.name, f.media_type, f.size_bytes, f.created_at, f.created_by";

  private final JdbcTemplate jdbc;

  FileRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void insert(StoredFile file) {
    jdbc.update(
        "insert into stored_file (id, entity, record_id, name, media_type, size_bytes, created_at, created_by)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        file.id(),
        EntityTable.code(file.of().type()),
        file.of().id(),
        file.name(),
        file.mediaType(),
        file.bytes(),
        Utc.column(file.createdAt()),
        file.createdBy());
  }

  /** Holds a record as it is until the current transaction ends. */
  void lock(RecordRef of) {
    jdbc.queryForList(
        "select id from " + EntityTable.name(of.type()) + " where id = ? for update",
        Long.class,
        of.id());
  }

  boolean delete(long id) {
    return jdbc.update("delete from stored_file where id = ?", id) == 1;
  }

  Optional<StoredFile> find(long id) {
    return jdbc
        .query(
            "select " + COLUMNS + " from stored_file f where f.id = ?", (row, n) -> file(row), id)
        .stream()
        .findFirst();
  }

  int count(RecordRef of) {
    Integer count =
        jdbc.queryForObject(
            "select count(*) from stored_file where record_id = ? and entity = ?",
            Integer.class,
            of.id(),
            EntityTable.code(of.type()));
    return count == null ? 0 : count;
  }

  /** The files of a record, newest first. */
  List<StoredFile> of(RecordRef ref, int most) {
    return jdbc.query(
        "select "
            + COLUMNS
            + " from stored_file f where f.record_id = ? and f.entity = ? order by f.id desc limit ?",
        (row, n) -> file(row),
        ref.id(),
        EntityTable.code(ref.type()),
        most);
  }

  /** The attachments of the live notes of a lead, contact or account, newest first. */
  List<StoredFile> ofNotes(RecordRef ref, int most) {
    return jdbc.query(
        "select "
            + COLUMNS
            + " from notes n join stored_file f on f.record_id = n.id and f.entity = ? where n."
            + ref.type().key()
            + "_id = ? and n.trashed_at is null order by f.id desc limit ?",
        (row, n) -> file(row),
        EntityTable.code(EntityType.NOTE),
        ref.id(),
        most);
  }

  private static StoredFile file(ResultSet row) throws SQLException {
    return new StoredFile(
        row.getLong("id"),
        new RecordRef(EntityType.values()[row.getInt("entity") - 1], row.getLong("record_id")),
        row.getString("name"),
        row.getString("media_type"),
        row.getLong("size_bytes"),
        Objects.requireNonNull(Utc.moment(row.getObject("created_at", LocalDateTime.class))),
        row.getObject("created_by", Long.class));
  }
}
