package io.leadloom.record.session;

import io.leadloom.platform.BatchedRows;
import io.leadloom.platform.BatchedRows.Rows;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Utc;
import io.leadloom.record.mark.FormerNames;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads and writes what is attached to records: tags and list memberships. */
final class Marks {

  private final JdbcTemplate jdbc;
  private final BatchedRows batched;
  private final FormerNames former;

  Marks(JdbcTemplate jdbc, BatchedRows batched, FormerNames former) {
    this.jdbc = jdbc;
    this.former = former;
    this.batched = batched;
  }

  /**
   * A tag.
   *
   * @param former the names it had before, folded
   */
  record Tag(long id, String name, String folded, List<String> former) {}

  /** A tag or list that a record gains or loses. */
  record Link(RecordRef ref, long id) {}

  /** The tags of these names, by the names that were asked for; a name that a tag only had before means that tag. */
  Map<String, Tag> tagsByFolded(Collection<String> folded) {
    Map<String, Tag> tags = new HashMap<>();
    find(
        "select id, name, folded, folded from tag where deleted_at is null and folded",
        folded,
        tags);
    List<String> unknown = folded.stream().filter(name -> !tags.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      find(
          "select t.id, t.name, t.folded, f.folded from tag_former_name f join tag t on t.id = f.tag_id"
              + " where t.deleted_at is null and f.folded",
          unknown,
          tags);
    }
    return tags;
  }

  private void find(String named, Collection<String> folded, Map<String, Tag> tags) {
    Sql.pieces(
        folded,
        piece ->
            jdbc.query(
                named + " in (" + Sql.marks(piece.size()) + ")",
                row -> {
                  Tag tag = tag(row.getLong(1), row.getString(2), row.getBytes(3));
                  tags.put(new String(row.getBytes(4), StandardCharsets.UTF_8), tag);
                },
                piece.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray()));
  }

  private Tag tag(long id, String name, byte[] folded) {
    return new Tag(id, name, new String(folded, StandardCharsets.UTF_8), former.of(id));
  }

  void insertTags(Collection<Tag> tags, Instant now) {
    jdbc.batchUpdate(
        "insert into tag (id, name, folded, created_at, updated_at) values (?, ?, ?, ?, ?)",
        tags,
        500,
        (statement, tag) -> {
          statement.setLong(1, tag.id());
          statement.setString(2, tag.name());
          statement.setBytes(3, tag.folded().getBytes(StandardCharsets.UTF_8));
          statement.setObject(4, Utc.column(now));
          statement.setObject(5, Utc.column(now));
        });
  }

  void readTags(Collection<RecordRef> refs, BiConsumer<RecordRef, Tag> found) {
    byEntity(
        refs,
        (type, ids) ->
            Sql.pieces(
                ids,
                piece ->
                    jdbc.query(
                        "select m.record_id, t.id, t.name, t.folded from record_tag m join tag t on t.id = m.tag_id"
                            + " where m.record_id in ("
                            + Sql.marks(piece.size())
                            + ") and m.entity = ? and t.deleted_at is null",
                        row -> {
                          found.accept(
                              new RecordRef(type, row.getLong(1)),
                              tag(row.getLong(2), row.getString(3), row.getBytes(4)));
                        },
                        arguments(type, piece))));
  }

  void readLists(Collection<RecordRef> refs, BiConsumer<RecordRef, Long> found) {
    byEntity(
        refs,
        (type, ids) ->
            Sql.pieces(
                ids,
                piece ->
                    jdbc.query(
                        "select record_id, list_id from list_member where record_id in ("
                            + Sql.marks(piece.size())
                            + ") and entity = ?",
                        row -> {
                          found.accept(new RecordRef(type, row.getLong(1)), row.getLong(2));
                        },
                        arguments(type, piece))));
  }

  Map<Long, String> listNames(Collection<Long> ids) {
    Map<Long, String> names = new HashMap<>();
    Sql.pieces(
        ids,
        piece ->
            jdbc.query(
                "select id, name from static_list where id in (" + Sql.marks(piece.size()) + ")",
                row -> {
                  names.put(row.getLong(1), row.getString(2));
                },
                piece.toArray()));
    return names;
  }

  void addTags(Collection<Link> links, Instant now) {
    add("record_tag", "tag_id", links, now);
  }

  void removeTags(Collection<Link> links) {
    remove("delete from record_tag where tag_id = ? and entity = ? and record_id = ?", links);
  }

  void addToLists(Collection<Link> links, Instant now) {
    add("list_member", "list_id", links, now);
  }

  void removeFromLists(Collection<Link> links) {
    remove("delete from list_member where list_id = ? and entity = ? and record_id = ?", links);
  }

  private void add(String table, String mark, Collection<Link> links, Instant now) {
    batched.insert(
        table,
        List.of(mark, "entity", "record_id", "added_at"),
        new Rows<>(
            links,
            (statement, from, link) -> {
              statement.setLong(from, link.id());
              statement.setInt(from + 1, EntityTable.code(link.ref().type()));
              statement.setLong(from + 2, link.ref().id());
              statement.setObject(from + 3, Utc.column(now));
              return from + 4;
            }));
  }

  private void remove(String sql, Collection<Link> links) {
    jdbc.batchUpdate(
        sql,
        links,
        500,
        (statement, link) -> {
          statement.setLong(1, link.id());
          statement.setInt(2, EntityTable.code(link.ref().type()));
          statement.setLong(3, link.ref().id());
        });
  }

  private static Object[] arguments(EntityType type, List<Long> ids) {
    List<Object> arguments = new ArrayList<>(ids.size() + 1);
    arguments.addAll(ids);
    arguments.add(EntityTable.code(type));
    return arguments.toArray();
  }

  private static void byEntity(
      Collection<RecordRef> refs, BiConsumer<EntityType, List<Long>> each) {
    Map<EntityType, List<Long>> ids = new EnumMap<>(EntityType.class);
    refs.forEach(ref -> ids.computeIfAbsent(ref.type(), type -> new ArrayList<>()).add(ref.id()));
    ids.forEach(each);
  }
}
