package io.leadloom.schema.type;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.FieldKeys;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.audit.SchemaEvents;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes activity types and task types. */
@Component
public class TypeDefinitions {

  private static final int MOST_POINTS = 1_000_000;

  private final JdbcTemplate jdbc;
  private final Schemas schemas;
  private final Ids ids;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  TypeDefinitions(
      JdbcTemplate jdbc,
      Schemas schemas,
      Ids ids,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.ids = ids;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  private <T> T changing(String label, Supplier<T> change) {
    try {
      T result =
          transaction.execute(
              status -> {
                jdbc.update("update schema_state set version = version + 1 where id = 1");
                return change.get();
              });
      schemas.latest();
      return Objects.requireNonNull(result);
    } catch (DuplicateKeyException e) {
      throw refused("label", label, "a name and key that no other one has");
    }
  }

  /** Adds an activity type; without a key it is made from the label. */
  public ActivityType createActivityType(@Nullable String key, String label, int score) {
    String name = label(label);
    String kept = key(key, name);
    return changing(
        label,
        () -> {
          long id = ids.next("activity_type");
          jdbc.update(
              "insert into activity_type (id, type_key, label, score, delivered, position) values (?, ?, ?, ?, ?, ?)",
              id,
              kept,
              name,
              points(score),
              false,
              1_000);
          return noted(null, new ActivityType(id, kept, name, score, false));
        });
  }

  /** Changes label and score of an activity type; null leaves them. */
  public ActivityType changeActivityType(
      String key, @Nullable String label, @Nullable Integer score) {
    ActivityType before =
        schemas
            .current()
            .activityType(key)
            .orElseThrow(() -> RefusedException.notFound("activity type", key));
    String name = label == null ? before.label() : label(label);
    int points = score == null ? before.score() : points(score);
    return changing(
        name,
        () -> {
          jdbc.update(
              "update activity_type set label = ?, score = ? where id = ?",
              name,
              points,
              before.id());
          return noted(
              before, new ActivityType(before.id(), before.key(), name, points, before.system()));
        });
  }

  /** Adds a task type. */
  public TaskType createTaskType(@Nullable String key, String label) {
    String name = label(label);
    String kept = key(key, name);
    return changing(
        label,
        () -> {
          long id = ids.next("task_type");
          jdbc.update(
              "insert into task_type (id, type_key, label, delivered, position) values (?, ?, ?, ?, ?)",
              id,
              kept,
              name,
              false,
              1_000);
          return noted(null, new TaskType(id, kept, name));
        });
  }

  /** Changes the label of a task type. */
  public TaskType changeTaskType(String key, String label) {
    TaskType before =
        schemas.current().taskTypes().stream()
            .filter(type -> type.key().equalsIgnoreCase(key))
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("task type", key));
    String name = label(label);
    return changing(
        name,
        () -> {
          jdbc.update("update task_type set label = ? where id = ?", name, before.id());
          return noted(before, new TaskType(before.id(), before.key(), name));
        });
  }

  private ActivityType noted(@Nullable ActivityType before, ActivityType after) {
    trail.record(SchemaEvents.activityType(before, after));
    return after;
  }

  private TaskType noted(@Nullable TaskType before, TaskType after) {
    trail.record(SchemaEvents.taskType(before, after));
    return after;
  }

  static String label(String label) {
    String text = label.strip();
    if (text.isEmpty() || text.length() > 250 || text.chars().anyMatch(Character::isISOControl)) {
      throw refused("label", label, "1 to 250 characters on one line");
    }
    return text;
  }

  private static String key(@Nullable String key, String label) {
    if (key == null || key.isBlank()) {
      return FieldKeys.from(label, taken -> false).replace('_', '-');
    }
    String kept = key.strip().toLowerCase(Locale.ROOT);
    if (!kept.matches("[a-z0-9][a-z0-9-]{0,99}")) {
      throw refused(
          "key", key, "lower-case letters, digits and hyphens, for example email-link-clicked");
    }
    return kept;
  }

  private static int points(int score) {
    if (Math.abs(score) > MOST_POINTS) {
      throw refused("score", score, "a whole number from -1,000,000 to 1,000,000");
    }
    return score;
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The definition is not acceptable", Violation.of(field, value, expectation));
  }
}
