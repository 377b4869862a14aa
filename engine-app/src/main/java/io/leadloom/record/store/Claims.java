package io.leadloom.record.store;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Set<Claim> asked = new HashSet<>(claims);
    Set<String> values = new LinkedHashSet<>();
    claims.forEach(claim -> values.add(claim.value()));
    Map<Claim, Long> owners = new HashMap<>();
    // Only the values are a condition: with the field beside them H2 would read all values of the
    // field.
    Sql.pieces(
        values,
        piece -> {
          Object[] arguments = new Object[piece.size()];
          for (int i = 0; i < arguments.length; i++) {
            arguments[i] = piece.get(i).getBytes(StandardCharsets.UTF_8);
          }
          jdbc.query(
              "select field_id, folded, record_id from unique_value where folded in ("
                  + Sql.marks(piece.size())
                  + ")",
              row -> {
                String value = new String(row.getBytes(2), StandardCharsets.UTF_8);
                Claim claim = new Claim(row.getLong(1), value);
                if (asked.contains(claim)) {
                  owners.put(claim, row.getLong(3));
                }
              },
              arguments);
        });
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
