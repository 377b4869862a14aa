package io.leadloom.record.mark;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.ListReach;
import io.leadloom.record.search.RecordReach;
import io.leadloom.record.search.SharedReach;
import io.leadloom.record.store.EntityTable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The static lists of leads and contacts. */
@Component
class StaticLists implements io.leadloom.record.Lists {

  private static final String SELECT =
      "select l.id, l.version, l.name, l.description, l.created_at, l.updated_at,"
          + " (select count(*) from list_member m where m.list_id = l.id) from static_list l";
  private static final RowMapper<StaticList> ROW =
      (row, n) ->
          new StaticList(
              row.getLong(1),
              row.getInt(2),
              row.getString(3),
              row.getString(4),
              row.getLong(7),
              Objects.requireNonNull(Utc.moment(row.getObject(5, LocalDateTime.class))),
              Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class))));

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final Clock clock;
  private final ApplicationEventPublisher events;
  private final SharedReach shares;

  StaticLists(
      JdbcTemplate jdbc,
      Ids ids,
      Clock clock,
      ApplicationEventPublisher events,
      SharedReach shares) {
    this.shares = shares;
    this.events = events;
    this.jdbc = jdbc;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  @Transactional(readOnly = true)
  public List<StaticList> all() {
    return jdbc.query(SELECT + " order by l.name, l.id limit 10000", ROW);
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<StaticList> find(String nameOrId) {
    String text = nameOrId.strip();
    if (text.matches("[0-9]{1,18}")) {
      Optional<StaticList> byId =
          jdbc.query(SELECT + " where l.id = ?", ROW, Long.parseLong(text)).stream().findFirst();
      if (byId.isPresent()) {
        return byId;
      }
    }
    return jdbc.query(SELECT + " where l.name = ?", ROW, text).stream().findFirst();
  }

  @Override
  @Transactional(readOnly = true)
  public List<StaticList> all(Rights rights, Action action) {
    return jdbc.query(
        SELECT
            + " where "
            + ListReach.sql("l", rights, action)
            + " order by l.name, l.id limit 10000",
        ROW);
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<StaticList> find(long id, Rights rights, Action action) {
    return jdbc
        .query(SELECT + " where l.id = ? and " + ListReach.sql("l", rights, action), ROW, id)
        .stream()
        .findFirst();
  }

  @Override
  @Transactional(readOnly = true)
  public boolean may(long id, Rights rights, Action action) {
    return !jdbc.queryForList(
            "select l.id from static_list l where l.id = ? and "
                + ListReach.sql("l", rights, action),
            Long.class,
            id)
        .isEmpty();
  }

  @Override
  @Transactional
  public StaticList create(String name, @Nullable String description, @Nullable Long ownerId) {
    return create(name, description, ownerId, false);
  }

  @Override
  @Transactional
  public StaticList create(
      String name, @Nullable String description, @Nullable Long ownerId, boolean personal) {
    String kept = checked(name);
    Instant now = clock.instant();
    long id = ids.next("list");
    try {
      jdbc.update(
          "insert into static_list (id, version, name, description, owner_id, personal, created_at, updated_at)"
              + " values (?, 1, ?, ?, ?, ?, ?, ?)",
          id,
          kept,
          described(description),
          ownerId,
          personal,
          Utc.column(now),
          Utc.column(now));
    } catch (DuplicateKeyException e) {
      throw taken(name);
    }
    return new StaticList(id, 1, kept, described(description), 0, now, now);
  }

  @Override
  @Transactional
  public StaticList change(
      long id, @Nullable Integer version, @Nullable String name, @Nullable String description) {
    StaticList before =
        jdbc.query(SELECT + " where l.id = ?", ROW, id).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("list", id));
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the list", version, before.version());
    }
    String kept = name == null ? before.name() : checked(name);
    String text = description == null ? before.description() : described(description);
    try {
      int count =
          jdbc.update(
              "update static_list set version = version + 1, name = ?, description = ?, updated_at = ?"
                  + " where id = ? and version = ?",
              kept,
              text,
              Utc.column(clock.instant()),
              id,
              before.version());
      if (count == 0) {
        throw new RefusedException(
            Reason.CONFLICT, "The list was changed in the meantime", List.of());
      }
    } catch (DuplicateKeyException e) {
      throw taken(kept);
    }
    return jdbc.query(SELECT + " where l.id = ?", ROW, id).get(0);
  }

  @Override
  @Transactional
  public void delete(long id) {
    jdbc.update("delete from list_member where list_id = ?", id);
    if (jdbc.update("delete from static_list where id = ?", id) == 0) {
      throw RefusedException.notFound("list", id);
    }
    events.publishEvent(new MarkChange(MarkChange.Kind.LIST, Set.of(), id));
  }

  @Override
  @Transactional(readOnly = true)
  public Page<RecordRef> members(long id, @Nullable RecordRef after, int limit, Rights rights) {
    if (jdbc.query(SELECT + " where l.id = ?", ROW, id).isEmpty()) {
      throw RefusedException.notFound("list", id);
    }
    List<RecordRef> refs = new ArrayList<>();
    for (EntityType type : EntityType.values()) {
      if (refs.size() <= limit && (after == null || type.compareTo(after.type()) >= 0)) {
        refs.addAll(members(id, type, after, limit + 1 - refs.size(), rights));
      }
    }
    boolean more = refs.size() > limit;
    List<RecordRef> page = more ? refs.subList(0, limit) : refs;
    return new Page<>(page, more ? page.get(page.size() - 1).toString() : null, null);
  }

  private List<RecordRef> members(
      long id, EntityType type, @Nullable RecordRef after, int limit, Rights rights) {
    String within =
        RecordReach.all(type, rights, Action.VIEW)
            ? ""
            : " and exists (select 1 from "
                + EntityTable.name(type)
                + " r where r.id = m.record_id and "
                + shares.of(rights).sql(type, "r", Action.VIEW)
                + ")";
    return jdbc.query(
        "select record_id from list_member m where list_id = ? and entity = ? and record_id > ?"
            + within
            + " order by list_id, entity, record_id limit ?",
        (row, n) -> new RecordRef(type, row.getLong(1)),
        id,
        EntityTable.code(type),
        after != null && after.type() == type ? after.id() : 0,
        limit);
  }

  private static String checked(String name) {
    String kept = name.strip();
    if (kept.isEmpty() || kept.length() > 250 || kept.chars().anyMatch(Character::isISOControl)) {
      throw RefusedException.invalid(
          "The name of the list is not acceptable",
          Violation.of("name", name, "1 to 250 characters on one line"));
    }
    return kept;
  }

  private static @Nullable String described(@Nullable String description) {
    if (description == null || description.isBlank()) {
      return null;
    }
    if (description.length() > 1_000) {
      throw RefusedException.invalid(
          "The description is not acceptable",
          Violation.of("description", description, "at most 1,000 characters"));
    }
    return description.strip();
  }

  private static RefusedException taken(String name) {
    return RefusedException.invalid(
        "There is a list of this name",
        Violation.of("name", name, "a name that no other list has"));
  }
}
