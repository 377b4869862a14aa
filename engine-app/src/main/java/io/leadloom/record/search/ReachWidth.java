package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether owners have so few records that reading and sorting all of them is faster than looking for theirs among
 * everybody's. Counted up to a bound, which both databases do in the owners' index alone, and remembered for a minute.
 */
@Component
class ReachWidth {

  /**
   * With 1,000,000 records the 51 of a page are found among 10,000 of everybody's when their owners have this many, so
   * that either way costs about the same.
   */
  private static final int FEW = 5_000;

  private static final int MOST_KNOWN = 2_000;
  private static final Duration KNOWN = Duration.ofMinutes(1);

  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final Map<Reach, Known> known = new ConcurrentHashMap<>();

  ReachWidth(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Reach(EntityType type, Owners owners) {}

  private record Known(boolean few, Instant until) {}

  /** Whether the owners who are reached, who are not everybody, have few records of a kind reached by its owner alone. */
  boolean few(EntityType type, Rights rights) {
    Owners owners = rights.owners(type, Action.VIEW);
    if (owners.none()
        || !RecordReach.about(type).isEmpty()
        || RecordReach.byPartner(type, rights)) {
      return false;
    }
    Instant now = clock.instant();
    Reach reach = new Reach(type, owners);
    Known found = known.get(reach);
    if (found == null || !now.isBefore(found.until())) {
      if (known.size() >= MOST_KNOWN) {
        known.clear();
      }
      found = new Known(count(type, owners) <= FEW, now.plus(KNOWN));
      known.put(reach, found);
    }
    return found.few();
  }

  private long count(EntityType type, Owners owners) {
    Long count =
        jdbc.queryForObject(
            "select count(*) from (select 1 from "
                + type.path()
                + " where "
                + RecordReach.ownerColumn(type)
                + RecordReach.among(owners)
                + " limit "
                + (FEW + 1)
                + ") counted",
            Long.class);
    return count == null ? 0 : count;
  }
}
