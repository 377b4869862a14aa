package io.leadloom.record.mark;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.record.TagUses;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The account's tags (SET-125 to SET-134). */
@Component
public class Tags {

  /** How long a deleted tag can be restored with its records. */
  static final Duration RESTORABLE = Duration.ofDays(30);

  private static final int LONGEST = 100;
  private static final String SELECT =
      "select t.id, t.name, t.created_at, t.updated_at, t.deleted_at, t.deleted_by from tag t";

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;
  private final Users users;
  private final FormerNames former;
  private final AuditTrail trail;
  private final ObjectProvider<TagUses> uses;
  private final ApplicationEventPublisher events;

  Tags(
      JdbcTemplate jdbc,
      Ids ids,
      Clock clock,
      Users users,
      FormerNames former,
      AuditTrail trail,
      ObjectProvider<TagUses> uses,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
    this.users = users;
    this.former = former;
    this.trail = trail;
    this.uses = uses;
    this.events = events;
  }

  /** By what tags are sorted. */
  public enum Sort {
    NAME("t.name"),
    CREATED_AT("t.created_at"),
    UPDATED_AT("t.updated_at"),
    DELETED_AT("t.deleted_at");

    private final String column;

    Sort(String column) {
      this.column = column;
    }
  }

  /**
   * Which tags are looked for.
   *
   * @param text what their names contain; null for any
   * @param deleted those that are deleted and can be restored, instead of the others
   * @param from how many to leave out
   */
  public record Search(
      @Nullable String text, boolean deleted, Sort sort, boolean descending, int from, int limit) {}

  /** Tags in the order that was asked for. */
  @Transactional(readOnly = true)
  public List<Tag> search(Search wanted) {
    List<Object> arguments = new ArrayList<>();
    String where = where(wanted.text(), wanted.deleted(), arguments);
    String direction = wanted.descending() ? " desc" : "";
    arguments.add(wanted.limit());
    arguments.add(wanted.from());
    return jdbc.query(
        SELECT
            + where
            + " order by "
            + wanted.sort().column
            + direction
            + ", t.id"
            + direction
            + " limit ? offset ?",
        this::read,
        arguments.toArray());
  }

  /** How many there are. */
  @Transactional(readOnly = true)
  public long count(@Nullable String text, boolean deleted) {
    List<Object> arguments = new ArrayList<>();
    String where = where(text, deleted, arguments);
    Long count =
        jdbc.queryForObject("select count(*) from tag t" + where, Long.class, arguments.toArray());
    return Objects.requireNonNull(count);
  }

  private String where(@Nullable String text, boolean deleted, List<Object> arguments) {
    StringBuilder where = new StringBuilder(" where t.deleted_at is null");
    if (deleted) {
      where = new StringBuilder(" where t.deleted_at >= ?");
      arguments.add(Utc.column(clock.instant().minus(RESTORABLE)));
    }
    if (text != null && !text.isBlank()) {
      where.append(" and t.name like ? escape '!'");
      arguments.add(
          "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
    }
    return where.toString();
  }

  private Tag read(ResultSet row, int n) throws SQLException {
    Instant deleted = Utc.moment(row.getObject(5, LocalDateTime.class));
    Long by = row.getObject(6, Long.class);
    return new Tag(
        row.getLong(1),
        row.getString(2),
        Objects.requireNonNull(Utc.moment(row.getObject(3, LocalDateTime.class))),
        Objects.requireNonNull(Utc.moment(row.getObject(4, LocalDateTime.class))),
        deleted,
        by == null ? null : users.find(by).map(Users.Person::name).orElse(null),
        deleted == null ? null : deleted.plus(RESTORABLE));
  }

  private Tag get(long id) {
    return jdbc.query(SELECT + " where t.id = ?", this::read, id).get(0);
  }

  /** Makes a tag; an empty or taken name is refused (SET-129). */
  @Transactional
  public Tag create(String name) {
    String kept = checked(name);
    keepMeant(kept, 0);
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
    if (former.taken(folded(kept))) {
      changed(id, kept);
    }
    trail.record(AuditEvent.of("tag.created", "tag", id, kept));
    return new Tag(id, kept, now, now, null, null, null);
  }

  /**
   * Renames a tag everywhere (SET-131). Records get the new name at once, as they keep the tag and not its name; filters
   * and automations that name it go on with the name that it had, which means the same tag until another one has it.
   */
  @Transactional
  public Tag rename(long id, String name) {
    String kept = checked(name);
    String before = liveName(id);
    byte[] earlier = folded(before);
    byte[] now = folded(kept);
    keepMeant(kept, id);
    try {
      jdbc.update(
          "update tag set name = ?, folded = ?, updated_at = ? where id = ?",
          kept,
          now,
          Utc.column(clock.instant()),
          id);
    } catch (DuplicateKeyException e) {
      throw taken(name);
    }
    trail.record(AuditEvent.of("tag.renamed", "tag", id, kept).change("name", before, kept));
    if (!Arrays.equals(earlier, now)) {
      former.renamed(id, earlier, now);
      // Whoever names it by an earlier name goes on meaning the same tag: only the new name may
      // mean another one now.
      tell(Set.of(Objects.requireNonNullElse(Folded.of(kept), "")));
    }
    return get(id);
  }

  /** Refuses a name by which automations still mean another tag that had it before: they go on with that one. */
  private void keepMeant(String name, long own) {
    String now = former.meant(folded(name), own);
    if (now != null) {
      List<String> folded = List.of(Objects.requireNonNullElse(Folded.of(name), ""));
      uses.orderedStream()
          .flatMap(each -> each.of(folded).stream())
          .findFirst()
          .ifPresent(
              use -> {
                throw RefusedException.invalid(
                    "The name is still in use for another tag",
                    Violation.of(
                        "name",
                        name,
                        "a name by which the %s '%s' does not mean the tag '%s'"
                            .formatted(use.kind(), use.name(), now)));
              });
    }
  }

  /** What has or names a tag, to be shown before it is deleted. */
  @Transactional(readOnly = true)
  public TagUsage usage(long id) {
    String name =
        jdbc
            .queryForList(
                "select name from tag where id = ? and deleted_at is null", String.class, id)
            .stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("tag", id));
    Map<String, Long> records = new TreeMap<>();
    jdbc.query(
        "select entity, count(*) from record_tag where tag_id = ? group by entity",
        row -> {
          records.put(EntityType.ofCode(row.getInt(1)).path(), row.getLong(2));
        },
        id);
    return new TagUsage(records, uses(id, name).values().stream().flatMap(List::stream).toList());
  }

  private Map<TagUses, List<TagUses.Use>> uses(long id, String name) {
    List<String> names = new ArrayList<>(former.of(id));
    names.add(Objects.requireNonNullElse(Folded.of(name), ""));
    Map<TagUses, List<TagUses.Use>> found = new LinkedHashMap<>();
    uses.orderedStream().forEach(each -> found.put(each, each.of(names)));
    return found;
  }

  /**
   * Deletes a tag; it disappears from all records at once, however many they are, and can be restored with them (SET-132
   * to SET-134). What names it needs attention.
   */
  @Transactional
  public void delete(long id, @Nullable Long userId) {
    String name = liveName(id);
    Map<TagUses, List<TagUses.Use>> using = uses(id, name);
    byte[] aside = ("\u0000" + id).getBytes(StandardCharsets.UTF_8);
    jdbc.update(
        "update tag set deleted_at = ?, deleted_by = ?, folded = ? where id = ? and deleted_at is null",
        Utc.column(clock.instant()),
        userId,
        aside,
        id);
    AuditEvent event = AuditEvent.of("tag.deleted", "tag", id, name);
    for (Map.Entry<TagUses, List<TagUses.Use>> each : using.entrySet()) {
      each.getKey().deleted(name, each.getValue());
      event = event.fact("uses", each.getValue().size());
    }
    trail.record(event);
    changed(id, name);
  }

  private String liveName(long id) {
    return jdbc
        .queryForList(
            "select name from tag where id = ? and deleted_at is null for update", String.class, id)
        .stream()
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("tag", id));
  }

  /** Tells those who name the tag, by whatever name. */
  private void changed(long id, String... names) {
    Set<String> folded = new HashSet<>(former.of(id));
    for (String name : names) {
      String text = Folded.of(name);
      if (text != null) {
        folded.add(text);
      }
    }
    tell(folded);
  }

  private void tell(Set<String> folded) {
    events.publishEvent(new MarkChange(MarkChange.Kind.TAG, folded, 0));
  }

  /** Brings a deleted tag back to the records that had it, unless its name has been given again or 30 days are over. */
  @Transactional
  public Tag restore(long id) {
    String name =
        jdbc
            .queryForList(
                "select name from tag where id = ? and deleted_at >= ? for update",
                String.class,
                id,
                Utc.column(clock.instant().minus(RESTORABLE)))
            .stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("deleted tag", id));
    keepMeant(name, id);
    try {
      jdbc.update(
          "update tag set deleted_at = null, deleted_by = null, folded = ? where id = ?",
          folded(name),
          id);
    } catch (DuplicateKeyException e) {
      throw taken(name);
    }
    former.taken(folded(name));
    trail.record(AuditEvent.of("tag.restored", "tag", id, name));
    changed(id, name);
    return get(id);
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
