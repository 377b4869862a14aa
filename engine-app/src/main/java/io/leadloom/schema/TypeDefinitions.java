package io.leadloom.schema;

import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.audit.SchemaEvents;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes activity types, task types and the choices of the classifying fields. */
@Component
public class TypeDefinitions {

  /** The kinds of choices; each is the key of the field. */
  public static final List<String> KINDS = List.of("stage", "status", "source", "group", "rating");

  private static final int MOST_POINTS = 1_000_000;

  private final JdbcTemplate jdbc;
  private final DatabaseSchemas schemas;
  private final FieldData data;
  private final Ids ids;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  TypeDefinitions(
      JdbcTemplate jdbc,
      DatabaseSchemas schemas,
      FieldData data,
      Ids ids,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.data = data;
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
      schemas.reload();
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

  /** Adds a choice at the end of its kind, or changes the one with this id; null leaves a part as it is. */
  public Choice saveChoice(String kind, @Nullable Long id, ChangedChoice change) {
    List<Choice> all = schemas.current().choices(kind(kind));
    Choice before =
        id == null
            ? new Choice(0, kind, "", all.size() + 1, null, true, false, null, null)
            : all.stream()
                .filter(choice -> choice.id() == id)
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound(kind, id));
    if (id == null && change.label() == null) {
      throw refused("label", null, "1 to 250 characters on one line");
    }
    Choice after =
        new Choice(
            id == null ? ids.next("choice") : id,
            kind,
            change.label() == null ? before.label() : label(change.label()),
            change.position() == null ? before.position() : change.position(),
            change.colour() == null ? before.colour() : colour(change.colour()),
            change.active() == null ? before.active() : change.active(),
            change.hidden() == null ? before.hidden() : change.hidden(),
            change.parent() == null ? before.parent() : change.parent(),
            before.delivered());
    return changing(
        after.label(),
        () -> {
          write(after, id == null);
          trail.record(SchemaEvents.choice(id == null ? null : before, after));
          if (id != null && !before.label().equals(after.label())) {
            data.renameChoice(kind, before.label(), after.label());
          }
          return after;
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

  private void write(Choice choice, boolean fresh) {
    String sql =
        fresh
            ? "insert into choice (label, position, colour, active, hidden, parent_id, kind, id)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)"
            : "update choice set label = ?, position = ?, colour = ?, active = ?, hidden = ?, parent_id = ?"
                + " where kind = ? and id = ?";
    jdbc.update(
        sql,
        choice.label(),
        choice.position(),
        choice.colour(),
        choice.active(),
        choice.hidden(),
        choice.parent(),
        choice.kind(),
        choice.id());
  }

  /** What a choice shall be; null leaves a part as it is. */
  public record ChangedChoice(
      @Nullable String label,
      @Nullable Integer position,
      @Nullable String colour,
      @Nullable Boolean active,
      @Nullable Boolean hidden,
      @Nullable Long parent) {}

  /** The kind, checked. */
  public static String kind(String kind) {
    if (!KINDS.contains(kind)) {
      throw RefusedException.notFound("kind of choice", kind);
    }
    return kind;
  }

  private static @Nullable String colour(String colour) {
    if (!colour.isEmpty() && !colour.matches("#[0-9a-fA-F]{6}")) {
      throw refused("colour", colour, "a colour such as #2f9e44");
    }
    return colour.isEmpty() ? null : colour;
  }

  private static String label(String label) {
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
