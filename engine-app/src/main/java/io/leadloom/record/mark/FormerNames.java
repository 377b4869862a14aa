package io.leadloom.record.mark;

import io.leadloom.platform.company.FreshMemory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The names that tags had before, folded, as far as no other tag has them now (SET-131). In memory, since conditions of
 * automations and smart lists ask with each record; another node's rename arrives within two seconds, and its records
 * have the new name at once.
 */
@Component
public class FormerNames {

  private final JdbcTemplate jdbc;
  private final FreshMemory<Map<Long, List<String>>> memory;

  FormerNames(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.memory = new FreshMemory<>(clock, known -> read());
  }

  /** Those of one tag. */
  public List<String> of(long tag) {
    return memory.get().getOrDefault(tag, List.of());
  }

  /** The tag is called otherwise from now on; part of the caller's transaction. */
  void renamed(long tag, byte[] before, byte[] after) {
    taken(after);
    jdbc.update("delete from tag_former_name where folded = ?", (Object) before);
    jdbc.update("insert into tag_former_name (folded, tag_id) values (?, ?)", before, tag);
  }

  /**
   * The name is that of a tag itself from now on; part of the caller's transaction. Returns whether it was a former name.
   */
  boolean taken(byte[] name) {
    int gone = jdbc.update("delete from tag_former_name where folded = ?", (Object) name);
    memory.forgetAfterTransaction();
    return gone > 0;
  }

  /** What the other tag is called now that had this name before; null when none had. */
  @Nullable String meant(byte[] name, long own) {
    List<String> found =
        jdbc.queryForList(
            "select t.name from tag_former_name f join tag t on t.id = f.tag_id"
                + " where f.folded = ? and f.tag_id <> ? and t.deleted_at is null",
            String.class,
            name,
            own);
    return found.isEmpty() ? null : found.get(0);
  }

  private Map<Long, List<String>> read() {
    Map<Long, List<String>> names = new HashMap<>();
    jdbc.query(
        "select f.tag_id, f.folded from tag_former_name f where not exists"
            + " (select 1 from tag t where t.folded = f.folded and t.deleted_at is null)",
        row -> {
          names
              .computeIfAbsent(row.getLong(1), id -> new ArrayList<>(1))
              .add(new String(row.getBytes(2), StandardCharsets.UTF_8));
        });
    return names;
  }
}
