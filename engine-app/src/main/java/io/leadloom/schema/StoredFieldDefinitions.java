package io.leadloom.schema;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldType.Slot;
import io.leadloom.schema.audit.SchemaEvents;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes custom fields, one change at a time across all nodes. */
@Component
class StoredFieldDefinitions implements FieldDefinitions {

  private static final int MOST_FIELDS = 500;
  private static final int MOST_OPTIONS = 1_000;

  private final JdbcTemplate jdbc;
  private final FieldRows rows;
  private final FieldConversion conversion;
  private final FieldRules rules;
  private final FieldData data;
  private final DatabaseSchemas schemas;
  private final SlotIndexes indexes;
  private final Ids ids;
  private final ObjectProvider<Uses> used;
  private final Clock clock;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  StoredFieldDefinitions(
      JdbcTemplate jdbc,
      FieldRows rows,
      FieldConversion conversion,
      FieldRules rules,
      FieldData data,
      DatabaseSchemas schemas,
      SlotIndexes indexes,
      Ids ids,
      ObjectProvider<Uses> used,
      Clock clock,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.conversion = conversion;
    this.rules = rules;
    this.data = data;
    this.schemas = schemas;
    this.indexes = indexes;
    this.ids = ids;
    this.used = used;
    this.clock = clock;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** The row of the state is locked first, so that two changes never choose the same key or slot. */
  private <T> T changing(Supplier<T> change) {
    boolean within = TransactionSynchronizationManager.isActualTransactionActive();
    T result =
        transaction.execute(
            status -> {
              jdbc.update("update schema_state set version = version + 1 where id = 1");
              return change.get();
            });
    if (!within) {
      settle();
    }
    return Objects.requireNonNull(result);
  }

  @Override
  public void settle() {
    schemas.reload();
    indexes.make();
  }

  @Override
  public Field create(EntityType entity, @Nullable String activityType, NewField asked) {
    return changing(
        () -> {
          List<Field> all = rows.all();
          String type = activityType == null ? null : knownType(entity, activityType);
          List<Field> siblings = all.stream().filter(field -> field.entity() == entity).toList();
          if (siblings.size() >= MOST_FIELDS) {
            throw refused(
                "label",
                asked.label(),
                "at most " + MOST_FIELDS + " custom fields of " + entity.path());
          }
          Field field =
              field(
                  ids.next("field"),
                  entity,
                  type,
                  FieldKeys.free(entity, type, siblings, asked),
                  asked);
          Field slotted = field.withSlot(slot(field, siblings));
          checkDefault(slotted, asked.defaultValue());
          Field complete = slotted.withDefault(typed(slotted, asked.defaultValue()));
          rows.insert(complete, asked.placeholder(), siblings.size() + 1, clock.instant());
          trail.record(SchemaEvents.field(null, complete));
          return complete;
        });
  }

  private String knownType(EntityType entity, String activityType) {
    if (entity != EntityType.ACTIVITY) {
      throw refused(
          "activityType", activityType, "nothing: only activities have types with fields");
    }
    return schemas
        .current()
        .activityType(activityType)
        .orElseThrow(() -> RefusedException.notFound("activity type", activityType))
        .key();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Field field(
      long id, EntityType entity, @Nullable String activityType, String key, NewField asked) {
    FieldType type = asked.type();
    boolean chosen = type == FieldType.DROPDOWN || type == FieldType.MULTI_SELECT;
    if (asked.unique()
        && (type == FieldType.LONG_TEXT
            || type == FieldType.BOOLEAN
            || type == FieldType.MULTI_SELECT)) {
      throw refused("unique", true, "false: values of this type cannot be unique");
    }
    if (type == FieldType.RECORD_LINK && asked.link() == null) {
      throw refused("link", null, "the kind of record that the field points to");
    }
    boolean filterable =
        type.slot() != Slot.NONE && (asked.filterable() == null || asked.filterable());
    return new Field(
        id,
        entity,
        activityType,
        key,
        label(asked.label()),
        type,
        false,
        false,
        asked.mandatory(),
        asked.unique(),
        filterable,
        null,
        chosen ? options(asked.options()) : List.of(),
        type == FieldType.RECORD_LINK ? asked.link() : null,
        null,
        limits(asked.limits()));
  }

  private static String label(String label) {
    String text = label.strip();
    if (text.isEmpty() || text.length() > 250 || text.chars().anyMatch(Character::isISOControl)) {
      throw refused("label", label, "1 to 250 characters on one line");
    }
    return text;
  }

  private static List<String> options(List<String> given) {
    Set<String> folded = new LinkedHashSet<>();
    for (String option : given) {
      boolean fits = !option.isBlank() && option.length() <= 250 && option.indexOf('|') < 0;
      if (!fits
          || option.chars().anyMatch(Character::isISOControl)
          || !folded.add(lower(option.strip()))) {
        throw refused("options", option, "texts of 1 to 250 characters without |, each only once");
      }
    }
    if (given.isEmpty() || given.size() > MOST_OPTIONS) {
      throw refused("options", given.size(), "1 to " + MOST_OPTIONS + " options");
    }
    return given.stream().map(String::strip).toList();
  }

  private static Limits limits(Limits limits) {
    if (limits.pattern() != null) {
      try {
        Pattern.compile(limits.pattern());
      } catch (PatternSyntaxException e) {
        throw refused("pattern", limits.pattern(), "a regular expression: " + e.getDescription());
      }
    }
    if (limits.minimum() != null
        && limits.maximum() != null
        && limits.minimum().compareTo(limits.maximum()) > 0) {
      throw refused("minimum", limits.minimum(), "a number not above the maximum");
    }
    return limits;
  }

  /** A free slot of the field's kind; fields of the same key in several activity types share one. */
  private static @Nullable String slot(Field field, List<Field> siblings) {
    if (!field.filterable()) {
      return null;
    }
    Set<String> taken = new HashSet<>();
    for (Field other : siblings) {
      boolean twin =
          field.activityType() != null
              && other.activityType() != null
              && other.key().equals(field.key());
      if (twin && other.type() == field.type() && other.slot() != null) {
        return other.slot();
      }
      if (other.slot() != null) {
        taken.add(other.slot());
      }
    }
    String kind = lower(field.type().slot().name());
    for (int n = 1; n <= (field.type().slot() == Slot.TIME ? 10 : 20); n++) {
      String slot = String.format(Locale.ROOT, "%s_%02d", kind, n);
      if (!taken.contains(slot)) {
        return slot;
      }
    }
    return null;
  }

  private void checkDefault(Field field, @Nullable Object natural) {
    Converted read = conversion.fromNatural(field, natural);
    Converted checked =
        read instanceof Converted.Value value ? rules.check(field, value.value()) : read;
    if (checked instanceof Converted.Wrong wrong) {
      throw refused("defaultValue", natural, wrong.expectation());
    }
    if (natural != null && field.unique()) {
      throw refused(
          "defaultValue",
          natural,
          "nothing: a unique field cannot give every record the same value");
    }
  }

  @Override
  public Field change(
      EntityType entity, @Nullable String activityType, String key, ChangedField change) {
    return changing(
        () -> {
          List<Field> all = rows.all();
          Field before = find(all, entity, activityType, key);
          boolean filterable =
              change.filterable() == null ? before.filterable() : change.filterable();
          boolean unique = change.unique() == null ? before.unique() : change.unique();
          Field after =
              new Field(
                  before.id(),
                  entity,
                  before.activityType(),
                  before.key(),
                  change.label() == null ? before.label() : label(change.label()),
                  before.type(),
                  false,
                  false,
                  change.mandatory() == null ? before.mandatory() : change.mandatory(),
                  unique,
                  filterable && before.type().slot() != Slot.NONE,
                  filterable ? before.slot() : null,
                  change.options() == null || before.options().isEmpty()
                      ? before.options()
                      : options(change.options()),
                  before.link(),
                  before.defaultValue(),
                  change.limits() == null ? before.limits() : limits(change.limits()));
          if (after.slot() == null) {
            List<Field> others =
                all.stream()
                    .filter(field -> field.entity() == entity && field.id() != before.id())
                    .toList();
            after = after.withSlot(slot(after, others));
          }
          if (change.defaultValue() != null) {
            checkDefault(after, change.defaultValue());
            after = after.withDefault(typed(after, change.defaultValue()));
          }
          rows.update(after);
          trail.record(SchemaEvents.field(before, after));
          if (!Objects.equals(before.slot(), after.slot()) || before.unique() != after.unique()) {
            data.forget(before);
            data.index(after);
          }
          return after;
        });
  }

  private static Field find(
      List<Field> all, EntityType entity, @Nullable String activityType, String key) {
    return all.stream()
        .filter(field -> field.entity() == entity && field.key().equalsIgnoreCase(key))
        .filter(
            field ->
                activityType == null
                    ? field.activityType() == null
                    : activityType.equalsIgnoreCase(field.activityType()))
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("custom field", key));
  }

  @Override
  public long countValues(EntityType entity, @Nullable String activityType, String key) {
    return data.count(find(rows.all(), entity, activityType, key));
  }

  @Override
  public long countListed(EntityType entity, @Nullable String activityType, String key) {
    return data.countListed(find(rows.all(), entity, activityType, key));
  }

  @Override
  public void delete(
      EntityType entity,
      @Nullable String activityType,
      String key,
      @Nullable Long confirmed,
      boolean forced) {
    // Nobody else waits for the walk through all leads of lists.
    long listed = countListed(entity, activityType, key);
    changing(
        () -> {
          Field field = find(rows.all(), entity, activityType, key);
          Map<Uses, List<Use>> uses = new LinkedHashMap<>();
          used.orderedStream().forEach(each -> uses.put(each, each.of(field)));
          uses.values().removeIf(List::isEmpty);
          Lost lost = new Lost(data.count(field), listed);
          if (!lost.agreed(confirmed) || !uses.isEmpty() && !forced) {
            throw lost.notDeleted(
                field,
                confirmed,
                forced ? List.of() : uses.values().stream().flatMap(List::stream).toList());
          }
          uses.forEach((room, some) -> room.stop(field, some));
          data.forget(field);
          rows.delete(field.id());
          trail.record(
              SchemaEvents.field(field, null).fact("valuesLost", lost.records() + lost.listed()));
          return field;
        });
  }

  private @Nullable Object typed(Field field, @Nullable Object natural) {
    return conversion.fromNatural(field, natural) instanceof Converted.Value value
        ? value.value()
        : null;
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The field is not acceptable", Violation.of(field, value, expectation));
  }
}
