package io.leadloom.platform.general;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.company.FreshMemory;
import java.time.Clock;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** General settings: in memory, looked at again once a second, so that all nodes agree within two (SET-013). */
@Component
@EnableConfigurationProperties(GeneralDefaults.class)
public class GeneralSettings {

  private final JdbcTemplate jdbc;
  private final AuditTrail trail;
  private final GeneralDefaults defaults;
  private final FreshMemory<State> memory;

  GeneralSettings(JdbcTemplate jdbc, AuditTrail trail, GeneralDefaults defaults, Clock clock) {
    this.jdbc = jdbc;
    this.trail = trail;
    this.defaults = defaults;
    this.memory = new FreshMemory<>(clock, known -> read(""));
  }

  /**
   * The switches as they stand.
   *
   * @param duplicateContacts whether contacts may have the e-mail address or phone number of another (SET-015)
   * @param version the base of optimistic locking
   */
  public record State(boolean duplicateContacts, int version) {}

  /** The switches of now. */
  public State state() {
    return memory.get();
  }

  /**
   * Sets the switches.
   *
   * @param wanted with the version that the caller has seen
   * @throws RefusedException when somebody else has changed them meanwhile
   */
  @Transactional
  public State change(State wanted) {
    State before = read(" for update");
    if (before.version() != wanted.version()) {
      throw RefusedException.outdated("the general settings", wanted.version(), before.version());
    }
    AuditEvent event =
        AuditEvent.of("general.changed", "general", "1", "General settings")
            .change("duplicateContacts", before.duplicateContacts(), wanted.duplicateContacts());
    if (event.unchanged()) {
      return before;
    }
    jdbc.update(
        "update general_settings set duplicate_contacts = ?, version = version + 1 where id = 1",
        wanted.duplicateContacts());
    trail.record(event);
    memory.forgetAfterTransaction();
    return read("");
  }

  private State read(String lock) {
    return Objects.requireNonNull(
        jdbc.queryForObject(
            "select duplicate_contacts, version from general_settings where id = 1" + lock,
            (row, n) -> {
              Boolean contacts = row.getObject(1, Boolean.class);
              return new State(
                  contacts == null ? defaults.duplicateContacts() : contacts, row.getInt(2));
            }));
  }
}
