package io.leadloom.schema;

import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the definitions in memory and looks once a second whether another node has changed them. */
@Component
class DatabaseSchemas implements Schemas, DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSchemas.class);

  private final JdbcTemplate jdbc;
  private final FieldRows fieldRows;
  private final TransactionTemplate transaction;
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "schema-poll");
            thread.setDaemon(true);
            return thread;
          });
  private volatile @Nullable Schema current;

  /** Fields that the current version does not know because they were deleted. */
  private final Set<Long> gone = ConcurrentHashMap.newKeySet();

  DatabaseSchemas(JdbcTemplate jdbc, FieldRows fieldRows, PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.fieldRows = fieldRows;
    this.transaction = new TransactionTemplate(transactions);
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    transaction.setReadOnly(true);
    poller.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public Schema current() {
    Schema schema = current;
    return schema != null ? schema : reload();
  }

  @Override
  public Schema latest() {
    Schema schema = current;
    return schema != null && version() == schema.version() ? schema : reload();
  }

  @Override
  public void confirmUnknown(Schema schema, long fieldId) {
    if (gone.contains(fieldId)) {
      return;
    }
    if (latest().field(fieldId).isPresent()) {
      throw new StaleSchemaException(fieldId);
    }
    // An id is given once, so a field that is gone stays so.
    gone.add(fieldId);
  }

  /** Reads the definitions anew; called after a change has been committed. */
  synchronized Schema reload() {
    Schema loaded = transaction.execute(status -> load());
    if (loaded == null) {
      throw new IllegalStateException("The definitions of the fields could not be read");
    }
    Schema before = current;
    if (before == null || loaded.version() >= before.version()) {
      current = loaded;
    }
    return loaded;
  }

  private void poll() {
    Schema schema = current;
    if (schema == null) {
      return;
    }
    try {
      if (version() != schema.version()) {
        reload();
      }
    } catch (DataAccessException e) {
      LOG.warn("Cannot look for changed fields: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.warn("Cannot look for changed fields", e);
    }
  }

  private long version() {
    Long version = jdbc.queryForObject("select version from schema_state where id = 1", Long.class);
    return version == null ? 0 : version;
  }

  private Schema load() {
    long version = version();
    List<Choice> choices =
        jdbc.query(
            "select id, kind, label, position, colour, active, hidden, parent_id, delivered from choice"
                + " order by kind, position, id",
            (row, n) ->
                new Choice(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getString(5),
                    row.getBoolean(6),
                    row.getBoolean(7),
                    row.getObject(8) == null ? null : row.getLong(8),
                    row.getString(9)));
    Map<String, List<String>> labels =
        choices.stream()
            .collect(
                Collectors.groupingBy(
                    Choice::kind, Collectors.mapping(Choice::label, Collectors.toList())));
    List<Field> fields = new ArrayList<>();
    for (Field field : SystemFields.ALL) {
      fields.add(withChoices(field, labels));
    }
    fields.addAll(fieldRows.all());
    List<ActivityType> activityTypes =
        jdbc.query(
            "select id, type_key, label, score, delivered from activity_type order by position, id",
            (row, n) ->
                new ActivityType(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getInt(4),
                    row.getBoolean(5)));
    List<TaskType> taskTypes =
        jdbc.query(
            "select id, type_key, label from task_type order by position, id",
            (row, n) -> new TaskType(row.getLong(1), row.getString(2), row.getString(3)));
    return new StoredSchema(version, fields, activityTypes, taskTypes, choices);
  }

  private static Field withChoices(Field field, Map<String, List<String>> labels) {
    String kind =
        field.type() == FieldType.DROPDOWN ? SystemFields.CHOICE_KINDS.get(field.key()) : null;
    if (kind == null || !field.options().isEmpty()) {
      return field;
    }
    List<String> options = labels.getOrDefault(kind, List.of());
    Object defaultValue =
        options.contains(field.defaultValue()) || options.isEmpty()
            ? field.defaultValue()
            : options.get(0);
    if (field.defaultValue() == null) {
      defaultValue = null;
    }
    return new Field(
        field.id(),
        field.entity(),
        null,
        field.key(),
        field.label(),
        field.type(),
        true,
        field.readOnly(),
        field.mandatory(),
        field.unique(),
        field.filterable(),
        null,
        options,
        field.link(),
        defaultValue,
        field.limits());
  }

  @Override
  public void destroy() {
    poller.shutdownNow();
  }
}
