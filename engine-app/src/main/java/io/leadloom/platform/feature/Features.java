package io.leadloom.platform.feature;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.company.FreshMemory;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which features are on: in memory, looked at again once a second, so that all nodes agree within two. */
@Component
public class Features {

  private final JdbcTemplate jdbc;
  private final AuditTrail trail;
  private final FreshMemory<State> memory;

  Features(JdbcTemplate jdbc, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.memory = new FreshMemory<>(clock, known -> read(""));
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

  /** Whether a feature is on. */
  public boolean on(Feature feature) {
    return !state().off().contains(feature);
  }

  /** The switches of now. */
  public State state() {
    return memory.get();
  }

  /**
   * Sets switches.
   *
   * @param version what the caller has seen
   * @param wanted whether they are to be on; all others stay as they are in that version
   * @throws RefusedException when somebody else has changed them meanwhile
   */
  @Transactional
  public State change(int version, Map<Feature, Boolean> wanted) {
    State before = read(" for update");
    if (before.version() != version) {
      throw RefusedException.outdated("the switches", version, before.version());
    }
    // Not from memory, which may be that of a version before.
    Set<Feature> off = EnumSet.noneOf(Feature.class);
    off.addAll(before.off());
    wanted.forEach(
        (feature, on) -> {
          if (on) {
            off.remove(feature);
          } else {
            off.add(feature);
          }
        });
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
    memory.forgetAfterTransaction();
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
