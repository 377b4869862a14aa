package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Schema.ActivityType;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.TaskType;
import io.leadloom.schema.deal.DealRows;
import io.leadloom.schema.deal.Deals;
import io.leadloom.schema.look.FieldLookRows;
import io.leadloom.schema.type.ChoiceRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private final ChoiceRows choiceRows;
  private final FieldLookRows looks;
  private final DealRows dealRows;
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

  DatabaseSchemas(
      JdbcTemplate jdbc,
      FieldRows fieldRows,
      ChoiceRows choiceRows,
      FieldLookRows looks,
      DealRows dealRows,
      PlatformTransactionManager transactions) {
    this.choiceRows = choiceRows;
    this.looks = looks;
    this.dealRows = dealRows;
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
  public Schema held() {
    jdbc.queryForList("select id from schema_state where id = 1 for update");
    return latest();
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
    Map<String, ChoiceNames> choices = choiceRows.all();
    Deals deals = dealRows.read();
    List<Field> fields = new ArrayList<>();
    for (Field field : SystemFields.ALL) {
      boolean own =
          field.entity() == EntityType.OPPORTUNITY && deals.names().containsKey(field.key());
      fields.add(own ? deals.with(field) : withChoices(field, choices));
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
    List<Choice> all =
        choices.values().stream().flatMap(names -> names.choices().stream()).toList();
    return new StoredSchema(
        version,
        looks.applied(fields),
        activityTypes,
        taskTypes,
        all,
        choiceRows.leadSettings(),
        deals);
  }

  private static Field withChoices(Field field, Map<String, ChoiceNames> choices) {
    String kind =
        field.type() == FieldType.DROPDOWN ? SystemFields.CHOICE_KINDS.get(field.key()) : null;
    ChoiceNames names = kind == null ? null : choices.get(kind);
    if (names == null || !field.options().isEmpty()) {
      return field;
    }
    // A field that is filled in by itself takes the first choice still in use (PLT-D03).
    Object filled =
        field.defaultValue() == null
            ? null
            : names.choices().stream()
                .filter(Choice::active)
                .map(Choice::label)
                .findFirst()
                .orElse(null);
    return field.withChoices(names, filled);
  }

  @Override
  public void destroy() {
    poller.shutdownNow();
  }
}
