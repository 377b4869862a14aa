package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Utc;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.duplicate.Apart.Pair;
import io.leadloom.record.search.RecordReach;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The report of likely duplicates. A group has the records that share one key of one rule, or that are like the oldest of
 * them; records that only another one connects stand in different groups. One sees the records within reach, and a group
 * when there are two of them.
 */
@Component
public class Duplicates {

  /** So many records of a group are named: as many as can be merged. */
  public static final int NAMED = 10;

  /** So many of a group are looked at. */
  private static final int MOST_SEEN = 50;

  private static final int LOOKED_AT = 200;
  private static final int MOST_ROUNDS = 20;

  private final MatchRules rules;
  private final RecordSearch search;
  private final Apart apart;
  private final JdbcTemplate jdbc;

  Duplicates(MatchRules rules, RecordSearch search, Apart apart, JdbcTemplate jdbc) {
    this.rules = rules;
    this.search = search;
    this.apart = apart;
    this.jdbc = jdbc;
  }

  /**
   * Which groups are wanted.
   *
   * @param rule only those of this rule; null for all
   * @param sure only those of sure, or of likely rules; null for both
   * @param before only those found before this one; null for the newest
   */
  public record Query(
      EntityType type,
      @Nullable Long rule,
      @Nullable Boolean sure,
      @Nullable Long before,
      int limit) {}

  /**
   * Records that are likely to mean the same.
   *
   * @param records the oldest of those that are seen, at most {@link #NAMED}
   * @param count how many are seen; 50 may be more
   */
  public record Group(long id, long rule, Instant foundAt, List<Record> records, int count) {}

  /**
   * A page, newest first.
   *
   * @param next what is behind it; null at the end. A page can have few groups, or none, and others behind it
   */
  public record Groups(List<Group> items, @Nullable Long next) {}

  private record Found(long id, long rule, long hash, long leader, long count, Instant foundAt) {}

  private record Shown(Found group, List<Long> members) {}

  @Transactional(readOnly = true)
  public Groups page(Query query, Rights rights) {
    List<Long> asked =
        rules.seen(query.type(), rights).stream()
            .filter(rule -> query.rule() == null || query.rule() == rule.id())
            .filter(rule -> query.sure() == null || query.sure() == rule.sure())
            .filter(MatchRule::kept)
            .map(MatchRule::id)
            .toList();
    List<Shown> shown = new ArrayList<>();
    Long before = query.before();
    boolean more = !asked.isEmpty();
    for (int round = 0; more && round < MOST_ROUNDS && shown.size() < query.limit(); round++) {
      List<Found> some = found(asked, before);
      more = some.size() == LOOKED_AT;
      Map<Long, List<Long>> seen = seen(query.type(), some, rights);
      for (Found group : some) {
        if (shown.size() == query.limit()) {
          more = true;
          break;
        }
        before = group.id();
        List<Long> members = seen.getOrDefault(group.id(), List.of());
        if (members.size() > 1) {
          shown.add(new Shown(group, members));
        }
      }
    }
    return new Groups(named(query.type(), shown, rights), more ? before : null);
  }

  private List<Found> found(List<Long> asked, @Nullable Long before) {
    return jdbc.query(
        "select id, rule_id, value_hash, leader, record_count, found_at from match_group where rule_id in ("
            + Ids.listed(asked)
            + ") and id < ? order by id desc limit "
            + LOOKED_AT,
        (row, n) ->
            new Found(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                Objects.requireNonNull(Utc.moment(row.getObject(6, LocalDateTime.class)))),
        before == null ? Long.MAX_VALUE : before);
  }

  /** The records of groups that somebody sees and that may be the same as another of them, by group. */
  private Map<Long, List<Long>> seen(EntityType type, List<Found> groups, Rights rights) {
    Map<Long, List<Long>> seen = new HashMap<>();
    List<Long> small =
        groups.stream().filter(one -> one.count() <= MOST_SEEN).map(Found::id).toList();
    Sql.pieces(
        small,
        piece ->
            members(type, "g.id in (" + Sql.marks(piece.size()) + ")", piece, 0, rights, seen));
    for (Found group : groups) {
      if (group.count() > MOST_SEEN) {
        members(type, "g.id = ?", List.of(group.id()), MOST_SEEN, rights, seen);
      }
    }
    Set<Long> all = new TreeSet<>();
    seen.values().forEach(all::addAll);
    Set<Pair> pairs = apart.among(type, all);
    seen.replaceAll((group, members) -> Apart.without(members, pairs));
    return seen;
  }

  private void members(
      EntityType type,
      String which,
      List<Long> groups,
      int most,
      Rights rights,
      Map<Long, List<Long>> seen) {
    jdbc.query(
        "select g.id, r.id from match_group g join match_key k on k.rule_id = g.rule_id"
            + " and k.value_hash = g.value_hash and k.leader = g.leader join "
            + EntityTable.name(type)
            + " r on r.id = k.record_id where "
            + which
            + " and r.trashed_at is null and "
            + RecordReach.sql(type, "r", rights, Action.VIEW)
            + (most == 0 ? "" : " order by r.id limit " + most),
        row -> {
          seen.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getLong(2));
        },
        groups.toArray());
  }

  private List<Group> named(EntityType type, List<Shown> shown, Rights rights) {
    Map<Long, Record> records = new HashMap<>();
    Set<Long> wanted = new TreeSet<>();
    shown.forEach(one -> one.members().stream().limit(NAMED).forEach(wanted::add));
    search.visible(type, wanted, rights).forEach(record -> records.put(record.ref().id(), record));
    return shown.stream()
        .map(
            one ->
                new Group(
                    one.group().id(),
                    one.group().rule(),
                    one.group().foundAt(),
                    one.members().stream()
                        .limit(NAMED)
                        .map(records::get)
                        .filter(Objects::nonNull)
                        .toList(),
                    one.members().size()))
        .toList();
  }

  /**
   * Notes that records are not the same, each of each other.
   *
   * @param same to take that back
   */
  @Transactional
  public void mark(
      EntityType type, @Nullable List<@Nullable Long> given, boolean same, Rights rights) {
    List<Long> records =
        given == null ? List.of() : given.stream().filter(Objects::nonNull).distinct().toList();
    if (records.size() < 2 || records.size() > MOST_SEEN) {
      throw RefusedException.invalid(
          "It is not clear which records are not the same",
          Violation.of("records", records.size(), "the ids of 2 to " + MOST_SEEN + " records"));
    }
    Set<Long> reached = new HashSet<>();
    search
        .reached(type, records, rights, Action.EDIT)
        .forEach(record -> reached.add(record.ref().id()));
    Set<Long> seen = new HashSet<>();
    search.visible(type, records, rights).forEach(record -> seen.add(record.ref().id()));
    for (long id : records) {
      if (!seen.contains(id)) {
        throw RefusedException.notFound(type.key(), id);
      }
      if (!reached.contains(id)) {
        throw RefusedException.forbidden(
            "Your permissions do not include this for " + type.key() + "/" + id);
      }
    }
    apart.mark(type, records, same, rights.userId());
  }
}
