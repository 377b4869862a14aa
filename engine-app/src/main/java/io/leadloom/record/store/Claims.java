package io.leadloom.record.store;

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

  public Claims(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The owners of those that are taken. */
  public Map<Claim, Long> owners(Collection<Claim> claims) {
    Map<Long, List<String>> byField = new TreeMap<>();
    claims.forEach(
        claim ->
            byField.computeIfAbsent(claim.fieldId(), id -> new ArrayList<>()).add(claim.value()));
    Map<Claim, Long> owners = new HashMap<>();
    byField.forEach(
        (fieldId, values) ->
            Sql.pieces(
                values,
                piece -> {
                  Object[] arguments = new Object[piece.size() + 1];
                  arguments[0] = fieldId;
                  for (int i = 0; i < piece.size(); i++) {
                    arguments[i + 1] = piece.get(i).getBytes(StandardCharsets.UTF_8);
                  }
                  jdbc.query(
                      "select folded, record_id from unique_value where field_id = ? and folded in ("
                          + Sql.marks(piece.size())
                          + ")",
                      row -> {
                        String value = new String(row.getBytes(1), StandardCharsets.UTF_8);
                        owners.put(new Claim(fieldId, value), row.getLong(2));
                      },
                      arguments);
                }));
    return owners;
  }

  public void release(List<Claim> claims) {
    jdbc.batchUpdate(
        "delete from unique_value where field_id = ? and folded = ?",
        claims,
        500,
        (PreparedStatement statement, Claim claim) -> {
          statement.setLong(1, claim.fieldId());
          statement.setBytes(2, claim.value().getBytes(StandardCharsets.UTF_8));
        });
  }

  /** Takes values, in their natural order so that two transactions never wait for each other crosswise. */
  public void take(TreeMap<Claim, Long> owners) {
    jdbc.batchUpdate(
        "insert into unique_value (field_id, folded, record_id) values (?, ?, ?)",
        owners.entrySet(),
        1_000,
        (PreparedStatement statement, Map.Entry<Claim, Long> entry) -> {
          statement.setLong(1, entry.getKey().fieldId());
          statement.setBytes(2, entry.getKey().value().getBytes(StandardCharsets.UTF_8));
          statement.setLong(3, entry.getValue());
        });
  }
}
