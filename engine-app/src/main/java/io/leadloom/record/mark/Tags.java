package io.leadloom.record.mark;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's tags (SET-125 to SET-134). */
@Component
public class Tags {

  private static final int LONGEST = 100;
  private static final String COLUMNS = "id, name, created_at, updated_at, deleted_at";
  private static final RowMapper<Tag> ROW =
      (row, n) ->
          new Tag(
              row.getLong(1),
              row.getString(2),
              Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))),
              Objects.requireNonNull(Utc.moment(row.getObject(4, LocalDateTime.class))),
              Utc.moment(row.getObject(5, LocalDateTime.class)));

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;
  private final ApplicationEventPublisher events;

  Tags(JdbcTemplate jdbc, Ids ids, Clock clock, ApplicationEventPublisher events) {
    this.events = events;
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
  }

  /** A tag; deleted ones have a view of their own. */
  public record Tag(
      long id, String name, Instant createdAt, Instant updatedAt, @Nullable Instant deletedAt) {}

  /** Tags whose name contains the text, by name. */
  @Transactional(readOnly = true)
  public List<Tag> search(@Nullable String text, boolean deleted, int limit) {
    String like =
        text == null
            ? "%"
            : "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    return jdbc.query(
        "select "
            + COLUMNS
            + " from tag where deleted_at is "
            + (deleted ? "not null" : "null")
            + " and name like ? escape '!' order by name, id limit ?",
        ROW,
        like,
        limit);
  }

  /** Makes a tag; an empty or taken name is refused (SET-129). */
  @Transactional
  public Tag create(String name) {
    String kept = checked(name);
    Instant now = clock.instant();
    long id = ids.next("tag");
    try {
      jdbc.update(
          "insert into tag (id, name, folded, created_at, updated_at) values (?, ?, ?, ?, ?)",
          id,
          kept,
          folded(kept),
          Utc.column(now),
          Utc.column(now));
    } catch (DuplicateKeyException e) {
      throw taken(name);
    }
    return new Tag(id, kept, now, now, null);
  }

  /** Renames a tag everywhere (SET-131). */
  @Transactional
  public Tag rename(long id, String name) {
    String kept = checked(name);
    String before = liveName(id);
    try {
      int count =
          jdbc.update(
              "update tag set name = ?, folded = ?, updated_at = ? where id = ? and deleted_at is null",
              kept,
              folded(kept),
              Utc.column(clock.instant()),
              id);
      if (count == 0) {
        throw RefusedException.notFound("tag", id);
      }
    } catch (DuplicateKeyException e) {
      throw taken(name);
    }
    changed(before, kept);
    return jdbc.query("select " + COLUMNS + " from tag where id = ?", ROW, id).get(0);
  }

  /** Deletes a tag; it disappears from all records and can be restored with them (SET-132 to SET-134). */
  @Transactional
  public void delete(long id, @Nullable Long userId) {
    String name = liveName(id);
    byte[] aside = ("\u0000" + id).getBytes(StandardCharsets.UTF_8);
    int count =
        jdbc.update(
            "update tag set deleted_at = ?, deleted_by = ?, folded = ? where id = ? and deleted_at is null",
            Utc.column(clock.instant()),
            userId,
            aside,
            id);
    if (count == 0) {
      throw RefusedException.notFound("tag", id);
    }
    changed(name);
  }

  private String liveName(long id) {
    return jdbc
        .queryForList(
            "select name from tag where id = ? and deleted_at is null for update", String.class, id)
        .stream()
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("tag", id));
  }

  private void changed(String... names) {
    Set<String> folded = new HashSet<>();
    for (String name : names) {
      String text = Folded.of(name);
      if (text != null) {
        folded.add(text);
      }
    }
    events.publishEvent(new MarkChange(MarkChange.Kind.TAG, folded, 0));
  }

  /** Brings a deleted tag back to the records that had it, unless its name has been given again. */
  @Transactional
  public Tag restore(long id) {
    List<Tag> found =
        jdbc.query(
            "select " + COLUMNS + " from tag where id = ? and deleted_at is not null", ROW, id);
    if (found.isEmpty()) {
      throw RefusedException.notFound("deleted tag", id);
    }
    Tag tag = found.get(0);
    try {
      jdbc.update(
          "update tag set deleted_at = null, deleted_by = null, folded = ? where id = ?",
          folded(tag.name()),
          id);
    } catch (DuplicateKeyException e) {
      throw taken(tag.name());
    }
    changed(tag.name());
    return new Tag(tag.id(), tag.name(), tag.createdAt(), tag.updatedAt(), null);
  }

  /** The names of the tags of many records, in alphabetical order. */
  @Transactional(readOnly = true)
  public Map<Long, List<String>> namesOf(EntityType type, Collection<Long> records) {
    Map<Long, List<String>> names = new HashMap<>();
    Sql.pieces(
        records,
        piece -> {
          List<Object> arguments = new ArrayList<>(piece);
          arguments.add(0, EntityTable.code(type));
          jdbc.query(
              "select m.record_id, t.name from record_tag m join tag t on t.id = m.tag_id where m.entity = ?"
                  + " and m.record_id in ("
                  + Sql.marks(piece.size())
                  + ") and t.deleted_at is null order by t.name",
              row -> {
                names
                    .computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                    .add(row.getString(2));
              },
              arguments.toArray());
        });
    return names;
  }

  /** The names of one record's tags. */
  public List<String> namesOf(RecordRef ref) {
    return namesOf(ref.type(), List.of(ref.id())).getOrDefault(ref.id(), List.of());
  }

  private static String checked(String name) {
    String kept = name.strip();
    if (kept.isEmpty()
        || kept.length() > LONGEST
        || kept.chars().anyMatch(Character::isISOControl)) {
      throw RefusedException.invalid(
          "The name of the tag is not acceptable",
          Violation.of("name", name, "1 to " + LONGEST + " characters on one line"));
    }
    return kept;
  }

  private static byte[] folded(String name) {
    return Objects.requireNonNullElse(Folded.of(name), "").getBytes(StandardCharsets.UTF_8);
  }

  private static RefusedException taken(String name) {
    return RefusedException.invalid(
        "There is a tag of this name", Violation.of("name", name, "a name that no other tag has"));
  }
}
