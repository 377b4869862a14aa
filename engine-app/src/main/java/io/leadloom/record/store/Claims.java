package io.leadloom.record.store;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who has which unique value. The primary key of the table decides between transactions. */
public final class Claims {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;

  public Claims(JdbcTemplate jdbc, BatchedRows batched) {
    this.jdbc = jdbc;
    this.batched = batched;
  }

  /** The owners of those that are taken. */
  public Map<Claim, Long> owners(Collection<Claim> claims) {
    Map<Claim, Long> owners = new HashMap<>();
    Sql.pieces(
        new ArrayList<>(claims),
        piece ->
            jdbc.query(
                "select claim, record_id from unique_value where claim in ("
                    + Sql.marks(piece.size())
                    + ")",
                row -> {
                  owners.put(claim(row.getBytes(1)), row.getLong(2));
                },
                piece.stream().map(Claims::key).toArray()));
    return owners;
  }

  /** Gives up all values of a field. */
  public void releaseField(long fieldId) {
    jdbc.update(
        "delete from unique_value where claim >= ? and claim < ?",
        key(new Claim(fieldId, "")),
        key(new Claim(fieldId + 1, "")));
  }

  /**
   * Field and value as one key: databases answer a list of single keys from the index, but look through all values of the
   * field for a list beside another condition.
   */
  private static byte[] key(Claim claim) {
    byte[] value = claim.value().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + value.length)
        .putLong(claim.fieldId())
        .put(value)
        .array();
  }

  private static Claim claim(byte[] key) {
    long fieldId = ByteBuffer.wrap(key).getLong();
    String value = new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8);
    return new Claim(fieldId, value);
  }

  public void release(List<Claim> claims) {
    jdbc.batchUpdate(
        "delete from unique_value where claim = ?",
        claims,
        500,
        (PreparedStatement statement, Claim claim) -> statement.setBytes(1, key(claim)));
  }

  /** Takes values, in their natural order so that two transactions never wait for each other crosswise. */
  public void take(TreeMap<Claim, Long> owners) {
    batched.insert(
        "unique_value",
        List.of("claim", "record_id"),
        new Rows<>(
            owners.entrySet(),
            (statement, from, entry) -> {
              statement.setBytes(from, key(entry.getKey()));
              statement.setLong(from + 1, entry.getValue());
              return from + 2;
            }));
  }
}
