package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Rights;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes two records likely to mean the same.
 *
 * @param field the key of the field that {@link MatchKind#FIELD} compares; empty for the other kinds
 * @param sure whether records that it finds are surely the same; otherwise likely
 * @param after the last record that was compared
 * @param looked how many records were compared, of {@code total}
 * @param startedAt when comparing all records began
 * @param madeAt when all records had been compared; null before
 */
public record MatchRule(
    long id,
    int version,
    EntityType entity,
    MatchKind kind,
    String field,
    boolean sure,
    boolean enabled,
    State state,
    String basis,
    long after,
    long looked,
    long total,
    @Nullable Instant startedAt,
    @Nullable Instant madeAt) {

  /** The types of field that one can compare. */
  static final Set<FieldType> COMPARABLE =
      Set.of(FieldType.TEXT, FieldType.EMAIL, FieldType.PHONE, FieldType.URL);

  private static final List<String> NAMES = List.of("firstName", "lastName", "company", "account");

  /** How far a rule is. The numbers are stored and never change. */
  public enum State {
    OFF,
    /** All records are being compared. */
    COMPARING,
    READY,
    /** What it has found is being forgotten. */
    EMPTYING,
    /** The same, and then it is gone. */
    REMOVING;

    /** The name in JSON. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How much has been compared, in percent from 0 to 100; null when nothing is being compared. */
  public @Nullable Integer percent() {
    if (state != State.COMPARING) {
      return null;
    }
    return total == 0 ? 0 : (int) Math.min(100, 100 * looked / total);
  }

  /** Whether its keys are kept. */
  boolean kept() {
    return enabled && (state == State.COMPARING || state == State.READY);
  }

  /** The fields that it reads; none when its field is gone. */
  List<Field> fields(Schema schema) {
    return switch (kind) {
      case PHONE -> ofType(schema, FieldType.PHONE);
      case EMAIL -> ofType(schema, FieldType.EMAIL);
      case FIELD -> schema.field(entity, field).filter(MatchRule::comparable).stream().toList();
      case NAME ->
          schema.fields(entity).stream()
              .filter(Field::system)
              .filter(
                  one ->
                      entity == EntityType.ACCOUNT
                          ? one.key().equals("name")
                          : NAMES.contains(one.key())
                              && (entity == EntityType.LEAD) != one.key().equals("account"))
              .toList();
    };
  }

  private List<Field> ofType(Schema schema, FieldType type) {
    return schema.fields(entity).stream()
        .filter(one -> one.system() && one.type() == type)
        .toList();
  }

  static boolean comparable(Field field) {
    return COMPARABLE.contains(field.type());
  }

  /** Whether somebody sees all that it compares; otherwise it is as if it were not there. */
  boolean seenBy(Rights rights, Schema schema) {
    List<Field> fields = fields(schema);
    boolean named =
        kind != MatchKind.NAME || entity == EntityType.ACCOUNT || !rights.hides(entity, "name");
    return named
        && !fields.isEmpty()
        && fields.stream().noneMatch(one -> rights.hides(entity, one.key()));
  }
}
