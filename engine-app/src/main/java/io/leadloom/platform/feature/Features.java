package io.leadloom.platform.feature;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Which features are on: in memory, looked at again once a second, so that all nodes agree within two. */
@Component
public class Features {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final JdbcTemplate jdbc;
  private final AuditTrail trail;
  private final Clock clock;
  private volatile @Nullable Seen seen;

  Features(JdbcTemplate jdbc, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * The switches as they stand.
   *
   * @param version the base of optimistic locking
   */
  public record State(Set<Feature> off, int version) {

    public State {
      off = off.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(off));
    }
  }

  private record Seen(State state, Instant checkedAt) {}

  /** Whether a feature is on. */
  public boolean on(Feature feature) {
    return !state().off().contains(feature);
  }

  /** The switches of now. */
  public State state() {
    Instant now = clock.instant();
    Seen known = seen;
    if (known != null
        && !known.checkedAt().isAfter(now)
        && known.checkedAt().plus(FRESH).isAfter(now)) {
      return known.state();
    }
    State state = read("");
    seen = new Seen(state, now);
    return state;
  }

  /**
   * Sets the switches.
   *
   * @param version what the caller has seen
   * @param off the features that are to be off; all others are on
   */
  @Transactional
  public State change(int version, Set<Feature> off) {
    State before = read(" for update");
    if (before.version() != version) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Somebody else has changed the switches meanwhile; load them again",
          List.of(Violation.of("version", version, Integer.toString(before.version()))));
    }
    AuditEvent event = AuditEvent.of("feature.switched", "feature", "1", "Features");
    for (Feature feature : Feature.values()) {
      event = event.change(feature.key(), !before.off().contains(feature), !off.contains(feature));
    }
    if (event.unchanged()) {
      return before;
    }
    jdbc.update(
        "update feature_switches set switched_off = ?, version = version + 1 where id = 1",
        off.stream().map(Feature::key).sorted().collect(Collectors.joining(",")));
    trail.record(event);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          // Also after a rollback: what was read meanwhile may show what never came to be.
          @Override
          public void afterCompletion(int status) {
            seen = null;
          }
        });
    return read("");
  }

  private State read(String lock) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select switched_off, version from feature_switches where id = 1" + lock,
            (row, n) ->
                new State(
                    Arrays.stream(row.getString(1).split(",", -1))
                        .flatMap(key -> Feature.of(key).stream())
                        .collect(Collectors.toSet()),
                    row.getInt(2))));
  }
}
