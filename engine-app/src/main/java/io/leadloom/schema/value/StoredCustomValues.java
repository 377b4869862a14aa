package io.leadloom.schema.value;

import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.company.FreshMemory;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.schema.FieldKeys;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Custom values in their table and in memory, where other nodes' changes arrive within two seconds (SET-101 to SET-108). */
@Component
public class StoredCustomValues implements CustomValues {

  /** So many at most. */
  public static final int MOST = 1_000;

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_VALUE = 10_000;
  private static final String SELECT =
      "select id, name, value_key, value_text, version from custom_value";
  private static final RowMapper<CustomValue> ROW =
      (row, n) ->
          new CustomValue(
              row.getLong(1),
              row.getString(2),
              row.getString(3),
              Objects.requireNonNullElse(row.getString(4), ""),
              row.getInt(5));

  private final JdbcTemplate jdbc;
  private final Ids ids;
  private final AuditTrail trail;
  private final FreshMemory<Map<String, String>> memory;

  StoredCustomValues(JdbcTemplate jdbc, Ids ids, AuditTrail trail, Clock clock) {
    this.jdbc = jdbc;
    this.ids = ids;
    this.trail = trail;
    this.memory = new FreshMemory<>(clock, known -> read());
  }

  private Map<String, String> read() {
    Map<String, String> texts = new HashMap<>();
    all().forEach(value -> texts.put(value.key(), value.value()));
    return texts;
  }

  @Override
  public String text(String key) {
    return memory.get().getOrDefault(key.toLowerCase(Locale.ROOT), "");
  }

  /** All of them, by name. */
  @Transactional(readOnly = true)
  public List<CustomValue> all() {
    return jdbc.query(SELECT + " order by name, id", ROW);
  }

  /**
   * Makes one; its key comes from its name (SET-103).
   *
   * @throws RefusedException when the name or the value is not acceptable, or there are too many
   */
  @Transactional
  public CustomValue create(@Nullable String name, @Nullable String value) {
    String named = name(name);
    String text = text(value, "");
    List<CustomValue> others = all();
    if (others.size() >= MOST) {
      throw new RefusedException(
          Reason.INVALID, "There are " + MOST + " custom values already", List.of());
    }
    checkFree(named, null, others);
    String base = FieldKeys.spelled(named);
    String key = base;
    for (int n = 2; taken(key, others); n++) {
      key = base + "_" + n;
    }
    CustomValue made = new CustomValue(ids.next("custom_value"), named, key, text, 1);
    try {
      jdbc.update(
          "insert into custom_value (id, name, value_key, value_text, version) values (?, ?, ?, ?, 1)",
          made.id(),
          made.name(),
          made.key(),
          made.value());
    } catch (DuplicateKeyException e) {
      throw refused("name", name, "a name that nobody else gives at the same moment");
    }
    trail.record(
        AuditEvent.of("custom-value.created", "custom-value", made.id(), named)
            .fact("key", key)
            .fact("value", text));
    memory.forgetAfterTransaction();
    return made;
  }

  /**
   * Changes name and value; what is null stays.
   *
   * @param version what the caller has seen
   */
  @Transactional
  public CustomValue change(
      long id, @Nullable Integer version, @Nullable String name, @Nullable String value) {
    CustomValue before = lock(id);
    if (!Objects.equals(version, before.version())) {
      throw RefusedException.outdated("the custom value", version, before.version());
    }
    String named = name == null ? before.name() : name(name);
    String text = text(value, before.value());
    checkFree(named, id, all());
    AuditEvent event =
        AuditEvent.of("custom-value.changed", "custom-value", id, named)
            .change("name", before.name(), named)
            .change("value", before.value(), text);
    if (event.unchanged()) {
      return before;
    }
    jdbc.update(
        "update custom_value set name = ?, value_text = ?, version = version + 1 where id = ?",
        named,
        text,
        id);
    trail.record(event);
    memory.forgetAfterTransaction();
    return lock(id);
  }

  /** Deletes one for good: where its key stands there is nothing from now on (SET-105, SET-108). */
  @Transactional
  public void delete(long id) {
    CustomValue gone = lock(id);
    jdbc.update("delete from custom_value where id = ?", id);
    trail.record(
        AuditEvent.of("custom-value.deleted", "custom-value", id, gone.name())
            .change("value", gone.value(), null));
    memory.forgetAfterTransaction();
  }

  private CustomValue lock(long id) {
    return jdbc.query(SELECT + " where id = ? for update", ROW, id).stream()
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("custom value", id));
  }

  private static boolean taken(String key, List<CustomValue> others) {
    return others.stream().anyMatch(other -> other.key().equals(key));
  }

  /** People know them by their names. */
  private static void checkFree(String name, @Nullable Long own, List<CustomValue> others) {
    String folded = Folded.of(name);
    if (others.stream()
        .anyMatch(
            other ->
                !Objects.equals(other.id(), own)
                    && Objects.equals(Folded.of(other.name()), folded))) {
      throw refused("name", name, "a name that no other custom value has");
    }
  }

  private static String name(@Nullable String given) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw refused("name", given, "1 to " + LONGEST_NAME + " characters on one line");
    }
    return name;
  }

  private static String text(@Nullable String given, String otherwise) {
    String text = given == null ? otherwise : given;
    if (text.length() > LONGEST_VALUE) {
      throw refused("value", null, "at most " + LONGEST_VALUE + " characters");
    }
    return text;
  }

  private static RefusedException refused(
      String field, @Nullable String value, String expectation) {
    return RefusedException.invalid(
        "The custom value is not acceptable", Violation.of(field, value, expectation));
  }
}
