package io.leadloom.record.smart;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.match.FilterPredicate;
import io.leadloom.record.match.Reads;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The lists whose members are kept, compiled, by what they look at: a change costs nothing for lists that it cannot touch. */
@Component
class LiveLists {

  private final JdbcTemplate jdbc;
  private final SmartListRows rows;
  private final Schemas schemas;
  private final AccountSettings account;
  private volatile @Nullable State state;

  LiveLists(JdbcTemplate jdbc, SmartListRows rows, Schemas schemas, AccountSettings account) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.schemas = schemas;
    this.account = account;
  }

  /** One state of all live lists. */
  record State(
      long revision,
      long schema,
      ZoneId zone,
      Map<Long, LiveList> lists,
      Map<EntityType, Watched> watched) {

    @Nullable Watched of(EntityType type) {
      return watched.get(type);
    }

    /** Whether lists of more than one kind of record look at activities, so that one event can be about several. */
    boolean activitiesOfSeveral() {
      return watched.values().stream().filter(each -> !each.byActivity.isEmpty()).count() > 1
          || watched.entrySet().stream()
              .anyMatch(
                  each ->
                      each.getKey() != EntityType.LEAD && !each.getValue().byActivity.isEmpty());
    }
  }

  /** The live lists over one kind of record, by what they look at. */
  static final class Watched {

    final List<LiveList> all = new ArrayList<>();
    private final List<LiveList> anyField = new ArrayList<>();
    private final Map<String, List<LiveList>> byField = new HashMap<>();
    private final Map<String, List<LiveList>> byTag = new HashMap<>();
    private final Map<Long, List<LiveList>> byList = new HashMap<>();
    private final Map<String, List<LiveList>> byActivity = new HashMap<>();

    void add(LiveList list, Reads reads) {
      all.add(list);
      if (reads.anyField()) {
        anyField.add(list);
      }
      reads.fields().forEach(key -> put(byField, key, list));
      reads.tags().forEach(tag -> put(byTag, tag, list));
      reads.lists().forEach(id -> put(byList, id, list));
      reads.activities().forEach(type -> put(byActivity, type, list));
    }

    private static <K> void put(Map<K, List<LiveList>> index, K key, LiveList list) {
      index.computeIfAbsent(key, any -> new ArrayList<>()).add(list);
    }

    boolean tags() {
      return !byTag.isEmpty();
    }

    boolean lists() {
      return !byList.isEmpty();
    }

    boolean activities() {
      return !byActivity.isEmpty();
    }

    Set<LiveList> byFields(Collection<String> keys) {
      Set<LiveList> found = new LinkedHashSet<>(anyField);
      for (String key : keys) {
        found.addAll(byField.getOrDefault(key, List.of()));
      }
      return found;
    }

    List<LiveList> byTag(String folded) {
      return byTag.getOrDefault(folded, List.of());
    }

    List<LiveList> byList(@Nullable String id) {
      return id == null ? List.of() : byList.getOrDefault(Long.valueOf(id), List.of());
    }

    List<LiveList> byActivity(String type) {
      return byActivity.getOrDefault(type, List.of());
    }

    /** The lists that look at any activity: the type of one can change. */
    Set<LiveList> byActivities() {
      Set<LiveList> found = new LinkedHashSet<>();
      byActivity.values().forEach(found::addAll);
      return found;
    }
  }

  /** The state that counts in the current transaction: one small query, and all of them when something has changed. */
  State latest() {
    Long revision =
        jdbc.queryForObject("select revision from smart_upkeep where partition_id = 0", Long.class);
    return at(revision == null ? 0 : revision);
  }

  /** The state of a revision that was just read. */
  State at(long revision) {
    Schema schema = schemas.current();
    ZoneId zone = account.timeZone();
    State known = state;
    if (known == null
        || known.revision() != revision
        || known.schema() != schema.version()
        || !known.zone().equals(zone)) {
      known = read(revision, schema, zone);
      state = known;
    }
    return known;
  }

  private State read(long revision, Schema schema, ZoneId zone) {
    List<Long> kept =
        jdbc.queryForList(
            "select list_id from smart_keep where state <> " + KeptLists.EMPTYING, Long.class);
    Map<Long, LiveList> lists = new HashMap<>();
    Map<EntityType, Watched> watched = new EnumMap<>(EntityType.class);
    for (SmartList list : rows.byIds(kept)) {
      LiveList live = compiled(list, schema, zone);
      lists.put(live.id(), live);
      FilterPredicate predicate = live.predicate();
      if (predicate != null) {
        watched.computeIfAbsent(live.entity(), type -> new Watched()).add(live, predicate.reads());
      }
    }
    return new State(revision, schema.version(), zone, lists, watched);
  }

  private static LiveList compiled(SmartList list, Schema schema, ZoneId zone) {
    try {
      FilterPredicate predicate =
          FilterPredicate.compile(FilterGrammar.parse(list.filter()), list.entity(), schema, zone);
      return new LiveList(list.id(), list.entity(), predicate, null);
    } catch (RefusedException e) {
      String problem =
          e.violations().isEmpty()
              ? String.valueOf(e.getMessage())
              : e.violations().get(0).field() + ": " + e.violations().get(0).expectation();
      return new LiveList(list.id(), list.entity(), null, problem);
    }
  }

  /**
   * What a list was compiled against; when that is another one, the answers for all records may be others too.
   *
   * @return at most 500 characters
   */
  static String basis(LiveList list, State state) {
    FilterPredicate predicate = list.predicate();
    if (predicate == null) {
      return "";
    }
    String basis = state.zone() + " " + new TreeSet<>(predicate.reads().basis());
    return basis.length() > 500 ? basis.substring(0, 500) : basis;
  }

  /** For messages about a list that is not compiled. */
  static String problemOf(LiveList list) {
    String problem = Objects.requireNonNullElse(list.problem(), "");
    return problem.length() > 500 ? problem.substring(0, 500) : problem;
  }
}
