package io.leadloom.schema.look;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.ChangedField;
import io.leadloom.schema.FieldDefinitions.Use;
import io.leadloom.schema.FieldDefinitions.Uses;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.audit.SchemaEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes how the fields of leads, contacts and accounts look: their order, names, hints, and whether they are shown at
 * all (LEAD-077, LEAD-129, LEAD-130, SET-092, SET-096). Their values are never touched.
 */
@Component
public class FieldLooks {

  private static final Set<EntityType> LOOKING =
      Set.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT);

  /** What the forms ask for, and without which a list would show nothing to click on (LEAD-130). */
  private static final Map<EntityType, Set<String>> FIXED =
      Map.of(
          EntityType.LEAD,
          Set.of(
              "name",
              "leadName",
              "lastName",
              "source",
              "salesDirection",
              "account",
              "contact",
              "stage",
              "owner"),
          EntityType.CONTACT,
          Set.of("name", "firstName", "lastName"),
          EntityType.ACCOUNT,
          Set.of("name", "website", "tin"));

  private final JdbcTemplate jdbc;
  private final FieldLookRows rows;
  private final FieldDefinitions definitions;
  private final Schemas schemas;
  private final ObjectProvider<Uses> uses;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  FieldLooks(
      JdbcTemplate jdbc,
      FieldLookRows rows,
      FieldDefinitions definitions,
      Schemas schemas,
      ObjectProvider<Uses> uses,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.definitions = definitions;
    this.schemas = schemas;
    this.uses = uses;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * What to change of a field's look; null leaves things as they are, a blank text takes it away.
   *
   * @param version the version of the look that was changed; refused when it is another by now
   * @param definition what to change of a custom field beside its look
   */
  public record Change(
      int version,
      @Nullable String label,
      @Nullable String placeholder,
      @Nullable String help,
      @Nullable Boolean disabled,
      @Nullable Boolean criterion,
      @Nullable Boolean listed,
      @Nullable ChangedField definition) {}

  /** Whether a field is a mandatory one of the form, which cannot be disabled (LEAD-130). */
  public static boolean fixed(Field field) {
    return field.system()
        && (field.mandatory()
            || FIXED.getOrDefault(field.entity(), Set.of()).contains(field.key()));
  }

  /** Whether administrators can change how the field looks. */
  public static boolean looks(Field field) {
    return LOOKING.contains(field.entity()) && field.activityType() == null;
  }

  /** The row of the state is locked first, so that changes of the fields follow each other on all nodes. */
  private <T> T changing(Supplier<T> change) {
    T result =
        transaction.execute(
            status -> {
              jdbc.update("update schema_state set version = version + 1 where id = 1");
              return change.get();
            });
    definitions.settle();
    return Objects.requireNonNull(result);
  }

  /** What works with a field, and goes on when the field is disabled (LEAD-129). */
  public List<Use> uses(EntityType entity, String key) {
    Field field = field(schemas.current(), entity, key);
    return uses.orderedStream().flatMap(room -> room.goingOn(field).stream()).toList();
  }

  /** Changes how a field looks, and what else is said of a custom one, at once. */
  public Field change(EntityType entity, String key, Change change) {
    changing(
        () -> {
          Field before = field(schemas.latest(), entity, key);
          FieldLook was = rows.all().getOrDefault(before.id(), FieldLook.DELIVERED);
          if (change.version() != was.version()) {
            throw RefusedException.outdated(before.label(), change.version(), was.version());
          }
          boolean disabled = change.disabled() == null ? was.disabled() : change.disabled();
          if (disabled && fixed(before)) {
            throw refused(
                "disabled", true, "false: " + before.label() + " is a mandatory field of the form");
          }
          String label = change.label() == null ? null : change.label().strip();
          FieldLook look =
              new FieldLook(
                  was.version() + 1,
                  was.position(),
                  before.system() ? label == null ? was.label() : name(label) : null,
                  text("placeholder", change.placeholder(), was.placeholder(), 250),
                  text("help", change.help(), was.help(), 1_000),
                  disabled,
                  change.criterion() == null ? was.criterion() : change.criterion(),
                  change.listed() == null ? was.listed() : change.listed());
          ChangedField definition = change.definition();
          if (definition != null) {
            if (before.system()) {
              throw refused("mandatory", definition.mandatory(), "nothing: the field is delivered");
            }
            definitions.change(entity, null, before.key(), definition);
          } else if (!before.system() && label != null && !label.equals(before.label())) {
            definitions.change(
                entity,
                null,
                before.key(),
                new ChangedField(label, null, null, null, null, null, null));
          }
          rows.write(before.id(), look);
          trail.record(SchemaEvents.look(before, was, look));
          return look;
        });
    return field(schemas.current(), entity, key);
  }

  /**
   * Puts the fields of an entity in another order.
   *
   * @param before the ids in the order that was changed; refused when it is another by now
   */
  public void order(EntityType entity, List<Long> before, List<Long> order) {
    changing(
        () -> {
          if (!LOOKING.contains(entity)) {
            throw RefusedException.notFound("order of fields", entity.key());
          }
          List<Field> fields = schemas.latest().fields(entity);
          List<Long> present = fields.stream().map(Field::id).toList();
          if (!present.equals(before)) {
            throw new RefusedException(
                Reason.CONFLICT,
                "Somebody else has changed the fields meanwhile",
                List.of(
                    Violation.of("before", null, "the fields in the order that they have now")));
          }
          if (order.size() != present.size()
              || !new HashSet<>(order).equals(new HashSet<>(present))) {
            throw refused("order", null, "the id of each field of " + entity.path() + " once");
          }
          Map<Long, FieldLook> looks = rows.all();
          int place = 1;
          for (Long id : order) {
            FieldLook look = looks.getOrDefault(id, FieldLook.DELIVERED);
            if (!Objects.equals(look.position(), place)) {
              rows.write(id, look.at(place));
            }
            place++;
          }
          List<String> names = new ArrayList<>();
          order.forEach(
              id -> fields.stream().filter(f -> f.id() == id).forEach(f -> names.add(f.key())));
          trail.record(SchemaEvents.order(entity, fields.stream().map(Field::key).toList(), names));
          return names;
        });
  }

  /** The field as administrators have it look now. */
  public Field now(Field field) {
    return field(schemas.latest(), field.entity(), field.key());
  }

  private static Field field(Schema schema, EntityType entity, String key) {
    return schema
        .field(entity, key)
        .filter(FieldLooks::looks)
        .orElseThrow(() -> RefusedException.notFound("field", key));
  }

  /** A blank name gives a delivered field its own again. */
  private static @Nullable String name(String label) {
    if (label.length() > 250 || label.chars().anyMatch(Character::isISOControl)) {
      throw refused("label", label, "at most 250 characters on one line");
    }
    return label.isEmpty() ? null : label;
  }

  private static @Nullable String text(
      String field, @Nullable String given, @Nullable String was, int most) {
    if (given == null) {
      return was;
    }
    String text = given.strip();
    if (text.length() > most
        || text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      throw refused(field, given, "at most " + most + " characters");
    }
    return text.isEmpty() ? null : text;
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The field is not acceptable", Violation.of(field, value, expectation));
  }
}
