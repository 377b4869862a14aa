package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What somebody reaches because opportunities are shared with him (AUT-066, AUT-077): these, and what is about them. It widens
 * viewing and editing by a condition of the query, which compares the end of each share with the moment of the question. Who
 * has no share, as nearly everybody, pays one look into an index.
 */
@Component
public class SharedReach {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** So many shared opportunities are named to the search index; with more of them the database is asked. */
  private static final int MOST_NAMED = 1_000;

  /** In the trash nothing is shared, and what comes back from it is shared as before while that lasts. */
  private static final String LIVE =
      " join opportunities lent on lent.id = s.opportunity_id and lent.trashed_at is null";

  private static final Set<Action> GIVEN = EnumSet.of(Action.VIEW, Action.EDIT);

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final ObjectProvider<Features> features;

  SharedReach(JdbcTemplate jdbc, Clock clock, ObjectProvider<Features> features) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.features = features;
  }

  /** What is shared with somebody at this moment. */
  public Shared of(Rights rights) {
    return new Shared(this, rights, clock.instant());
  }

  /**
   * Those of these opportunities that are shared with somebody at this moment: whether he may change them, too, by the widest
   * of the shares with him (AUT-D07).
   */
  public Map<Long, Boolean> among(Collection<Long> opportunities, Rights rights) {
    Long user = rights.userId();
    Map<Long, Boolean> found = new HashMap<>();
    if (user != null && !opportunities.isEmpty() && on()) {
      jdbc.query(
          "select s.opportunity_id, s.may_modify from opportunity_share s"
              + LIVE
              + " where s.user_id = ? and s.access_until > ? and s.opportunity_id in ("
              + Ids.listed(opportunities)
              + ")",
          row -> {
            found.merge(row.getLong(1), row.getBoolean(2), Boolean::logicalOr);
          },
          user,
          Utc.column(clock.instant()));
    }
    return found;
  }

  private boolean on() {
    Features switches = features.getIfAvailable();
    return switches == null || switches.on(Feature.SHARING);
  }

  private boolean any(long user, Instant now) {
    return on()
        && !jdbc.queryForList(
                "select 1 from opportunity_share where user_id = ? and access_until > ? limit 1",
                Integer.class,
                user,
                Utc.column(now))
            .isEmpty();
  }

  /** The opportunity that a kind of record is or is about, as a column; null for kinds that have none. */
  private static @Nullable String column(EntityType type) {
    if (type == EntityType.OPPORTUNITY) {
      return "id";
    }
    return RecordReach.about(type).contains(EntityType.OPPORTUNITY) ? "opportunity_id" : null;
  }

  /** Whether shares can widen what these rights are for. */
  public static boolean widens(EntityType type, Rights rights, Action action) {
    return GIVEN.contains(action)
        && column(type) != null
        && rights.userId() != null
        && !RecordReach.all(type, rights, action)
        && !rights.owners(type, action).none()
        && !rights.owners(EntityType.OPPORTUNITY, action).none();
  }

  /** What is shared with one reader at one moment; asked for once, and only by questions about what can be shared. */
  public static final class Shared {

    private final SharedReach reach;
    private final Rights rights;
    private final Instant now;
    private @Nullable Boolean any;

    private Shared(SharedReach reach, Rights rights, Instant now) {
      this.reach = reach;
      this.rights = rights;
      this.now = second(now);
    }

    /**
     * Statements are kept by their text, so that all questions of a second have one. What has ended stays ended: a share
     * counts up to a second less, never more.
     */
    private static Instant second(Instant moment) {
      Instant begun = moment.truncatedTo(ChronoUnit.SECONDS);
      return begun.equals(moment) ? moment : begun.plusSeconds(1);
    }

    /** Whether anything of a kind may be reached by a share alone. */
    public boolean widens(EntityType type, Action action) {
      Long user = rights.userId();
      if (user == null || !SharedReach.widens(type, rights, action)) {
        return false;
      }
      Boolean known = any;
      if (known == null) {
        known = reach.any(user, now);
        any = known;
      }
      return known;
    }

    /** The opportunities that may be viewed by a share; empty when these are too many to name. */
    Optional<Set<Long>> named() {
      if (!widens(EntityType.OPPORTUNITY, Action.VIEW)) {
        return Optional.of(Set.of());
      }
      List<Long> ids =
          reach.jdbc.queryForList(living(Action.VIEW) + " limit " + (MOST_NAMED + 1), Long.class);
      return ids.size() > MOST_NAMED ? Optional.empty() : Optional.of(new HashSet<>(ids));
    }

    /** The condition of {@link RecordReach#sql}, widened by what is shared. */
    public String sql(EntityType type, String alias, Action action) {
      String owned = RecordReach.sql(type, alias, rights, action);
      return widens(type, action)
          ? "(" + owned + " or " + alias + "." + column(type) + " in (" + living(action) + "))"
          : owned;
    }

    /** The same where owners have so little that their index is the way to it. */
    String byOwner(EntityType type, String alias, Action action) {
      if (!widens(type, action)) {
        return RecordReach.byOwner(type, alias, rights, action);
      }
      return type == EntityType.OPPORTUNITY
          ? alias
              + ".id in (select near.id from (select o.id from opportunities o where "
              + RecordReach.byOwner(type, "o", rights, action)
              + " union all "
              + living(action)
              + ") near)"
          : sql(type, alias, action);
    }

    /** The moment and the user stand in it as they are, as ids of owners do. */
    private String living(Action action) {
      return "select s.opportunity_id from opportunity_share s"
          + LIVE
          + " where s.user_id = "
          + rights.userId()
          + " and s.access_until > timestamp '"
          + MOMENT.format(now)
          + "'"
          + (action == Action.EDIT ? " and s.may_modify = true" : "");
    }
  }
}
