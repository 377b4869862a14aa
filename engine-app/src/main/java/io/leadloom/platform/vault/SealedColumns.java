package io.leadloom.platform.vault;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Seals what stands in the column {@code sealed} of a table again; call it in a transaction. */
@Component
public class SealedColumns {

  private final JdbcTemplate jdbc;
  private final Vault vault;

  SealedColumns(JdbcTemplate jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  /**
   * Seals all rows of a table that another key has sealed.
   *
   * @param key the column that names a row
   * @param purpose what a row is sealed for, by its name
   * @return how many
   */
  public int reseal(String table, String key, UnaryOperator<String> purpose) {
    Map<Object, byte[]> fresh = new LinkedHashMap<>();
    jdbc.query(
        "select " + key + ", sealed from " + table + " where sealed is not null for update",
        row -> {
          Object name = row.getObject(1);
          vault
              .resealed(row.getBytes(2), purpose.apply(name.toString()))
              .ifPresent(closed -> fresh.put(name, closed));
        });
    fresh.forEach(
        (name, closed) ->
            jdbc.update("update " + table + " set sealed = ? where " + key + " = ?", closed, name));
    return fresh.size();
  }
}
