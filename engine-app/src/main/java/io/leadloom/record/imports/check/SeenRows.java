package io.leadloom.record.imports.check;

import io.leadloom.platform.Database;
import io.leadloom.record.store.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The values that the rows of a file under check would write, so that rows far behind them are judged as they will be.
 * They stand in the database: memory does not grow with the file (LEAD-211).
 */
@Component
public class SeenRows {

  private static final int PIECE = 5_000;

  private final JdbcTemplate jdbc;
  private final Database database;
  private final TransactionTemplate transaction;

  SeenRows(JdbcTemplate jdbc, Database database, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.database = database;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A value that a row writes.
   *
   * @param of the print of the value by which the row finds its record; that of the row itself when it has none
   */
  public record Seen(long print, long of, long row) {}

  /** The print of a value of a field: 64 bits of a digest, so that two values in billions are taken for one. */
  public static long print(String field, String folded) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(field.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(folded.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first rows that write these values, by print. */
  public Map<Long, Seen> find(long importId, Collection<Long> prints) {
    Map<Long, Seen> found = new HashMap<>();
    Sql.pieces(
        prints,
        piece ->
            jdbc.query(
                "select k.print, k.of_print, k.row_no from "
                    + database.rowsAmong(
                        "import_seen", "k.import_id = " + importId, "k.print", piece.size()),
                row -> {
                  found.put(
                      row.getLong(1), new Seen(row.getLong(1), row.getLong(2), row.getLong(3)));
                },
                piece.toArray()));
    return found;
  }

  /** Adds values that were not seen before. */
  public void add(long importId, Collection<Seen> seen) {
    if (!seen.isEmpty()) {
      jdbc.batchUpdate(
          "insert into import_seen (import_id, print, of_print, row_no) values (?, ?, ?, ?)",
          seen.stream()
              .map(one -> new Object[] {importId, one.print(), one.of(), one.row()})
              .toList());
    }
  }

  /** Forgets all of a file, a piece at a time. */
  public void clear(long importId) {
    Integer deleted;
    do {
      deleted =
          transaction.execute(
              tx ->
                  jdbc.update(
                      "delete from import_seen where import_id = ? limit " + PIECE, importId));
    } while (deleted != null && deleted == PIECE);
  }
}
