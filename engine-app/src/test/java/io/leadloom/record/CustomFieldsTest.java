package io.leadloom.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.record.WriteResult.Refused;
import io.leadloom.record.WriteResult.Written;
import io.leadloom.schema.Field;
import io.leadloom.schema.Field.Limits;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.ChangedField;
import io.leadloom.schema.FieldDefinitions.NewField;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Money;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@LeadloomTest
@Import(RecordingJournal.class)
class CustomFieldsTest {

  private static final Cause CAUSE = Cause.system("test");
  private static final List<String> OPTIONS = List.of("Red", "Green", "Blue");

  @Autowired private Records records;
  @Autowired private FieldDefinitions definitions;

  private Field field(EntityType entity, FieldType type, boolean unique) {
    boolean options = type == FieldType.DROPDOWN || type == FieldType.MULTI_SELECT;
    return definitions.create(
        entity,
        null,
        new NewField(
            null,
            "Round trip " + type,
            type,
            null,
            false,
            unique,
            null,
            options ? OPTIONS : List.of(),
            type == FieldType.RECORD_LINK ? EntityType.ACCOUNT : null,
            null,
            Limits.NONE));
  }

  private WriteResult create(EntityType type, Values values) {
    return records.write(List.of(new RecordCommand.Create(type, values)), CAUSE).get(0);
  }

  private RecordRef created(EntityType type, Values values) {
    WriteResult result = create(type, values);
    assertThat(result).isInstanceOf(Written.class);
    return ((Written) result).ref();
  }

  private long count(EntityType type, String filter) {
    return records.count(type, FilterGrammar.parse(filter));
  }

  static Stream<Arguments> valuesOfEveryType() {
    return Stream.of(
        Arguments.of(FieldType.TEXT, " Ünïcode 💡 ", "Ünïcode 💡", "= \"ÜNÏCODE 💡\""),
        Arguments.of(FieldType.LONG_TEXT, "a\nb", "a\nb", null),
        Arguments.of(FieldType.WHOLE_NUMBER, 42L, 42L, "between 40 and 42"),
        Arguments.of(FieldType.DECIMAL, new BigDecimal("12.500"), new BigDecimal("12.5"), "= 12.5"),
        Arguments.of(
            FieldType.MONEY,
            new Money(new BigDecimal("9.9"), "eur"),
            new Money(new BigDecimal("9.90"), "EUR"),
            "> 9.89"),
        Arguments.of(FieldType.BOOLEAN, true, true, "= true"),
        Arguments.of(
            FieldType.DATE, LocalDate.of(2026, 2, 28), LocalDate.of(2026, 2, 28), "= 2026-02-28"),
        Arguments.of(
            FieldType.DATE_TIME,
            Instant.parse("2026-02-28T23:59:59.123456789Z"),
            Instant.parse("2026-02-28T23:59:59.123456Z"),
            "on 2026-02-28"),
        Arguments.of(FieldType.DROPDOWN, "green", "Green", "in (\"green\", \"Blue\")"),
        Arguments.of(
            FieldType.MULTI_SELECT,
            List.of("blue", "Red", "blue"),
            List.of("Red", "Blue"),
            "contains \"blue\""),
        Arguments.of(
            FieldType.EMAIL, "Ana@Example.com", "Ana@Example.com", "ends with \"@example.com\""),
        Arguments.of(FieldType.PHONE, "+49 (30) 123456", "+4930123456", "starts with \"+4930\""),
        Arguments.of(
            FieldType.URL,
            "https://example.com/a?b=1",
            "https://example.com/a?b=1",
            "contains \"EXAMPLE\""));
  }

  @ParameterizedTest
  @MethodSource("valuesOfEveryType")
  void valuesOfEveryTypeAreKeptNormalisedFoundAndEmptied(
      FieldType type, Object given, Object kept, @Nullable String test) {
    Field field = field(EntityType.NOTE, type, false);
    RecordRef ref = created(EntityType.NOTE, Values.of("text", "x").with(field.key(), given));
    created(EntityType.NOTE, Values.of("text", "without"));
    assertThat(records.find(ref).orElseThrow().values().get(field.key())).isEqualTo(kept);
    if (test != null) {
      assertThat(count(EntityType.NOTE, field.key() + " " + test)).isOne();
      assertThat(count(EntityType.NOTE, field.key() + " is not empty")).isOne();
    }
    records.write(
        List.of(new RecordCommand.Update(ref, null, Values.of(field.key(), null))), CAUSE);
    assertThat(records.find(ref).orElseThrow().values().has(field.key())).isFalse();
    if (test != null) {
      assertThat(count(EntityType.NOTE, field.key() + " is not empty")).isZero();
    }
    definitions.delete(EntityType.NOTE, null, field.key(), null, false);
  }

  @Test
  void SET_E07_keysComeFromLabelsAndTakenOnesGetANumber() {
    Field first =
        definitions.create(EntityType.CONTACT, null, NewField.of("Roof Type (m²)", FieldType.TEXT));
    Field second =
        definitions.create(EntityType.CONTACT, null, NewField.of("Roof type m", FieldType.TEXT));
    assertThat(first.key()).isEqualTo("roof_type_m");
    assertThat(second.key()).isEqualTo("roof_type_m_2");
  }

  @Test
  void SET_E22_lettersOfOtherAlphabetsAreTransliterated() {
    assertThat(
            definitions
                .create(EntityType.CONTACT, null, NewField.of("Крыша", FieldType.TEXT))
                .key())
        .isEqualTo("krysha");
    assertThat(definitions.create(EntityType.LEAD, null, NewField.of("★", FieldType.TEXT)).key())
        .isEqualTo("field");
  }

  @Test
  void SET_E09_aFieldIsDeletedWithItsValuesOnceTheirNumberIsConfirmed() {
    Field field =
        definitions.create(EntityType.ACCOUNT, null, NewField.of("Doomed", FieldType.TEXT));
    RecordRef ref =
        created(EntityType.ACCOUNT, Values.of("name", "Doomed Ltd").with(field.key(), "x"));
    assertThat(definitions.countValues(EntityType.ACCOUNT, null, field.key())).isOne();
    assertThatThrownBy(() -> definitions.delete(EntityType.ACCOUNT, null, field.key(), null, false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("1 records");
    definitions.delete(EntityType.ACCOUNT, null, field.key(), 1L, false);
    assertThat(records.find(ref).orElseThrow().values().has(field.key())).isFalse();
    Field again =
        definitions.create(EntityType.ACCOUNT, null, NewField.of("Doomed", FieldType.TEXT));
    assertThat(again.key()).isEqualTo(field.key());
    assertThat(records.find(ref).orElseThrow().values().has(field.key())).isFalse();
    assertThat(count(EntityType.ACCOUNT, again.key() + " is not empty")).isZero();
  }

  @Test
  void aUniqueFieldRefusesASecondRecordAndCanBecomeUniqueLater() {
    Field field = field(EntityType.TASK, FieldType.WHOLE_NUMBER, true);
    Values values = Values.of("type", "call").with("title", "x").with(field.key(), 7L);
    created(EntityType.TASK, values.copy());
    assertThat(create(EntityType.TASK, values.copy())).isInstanceOf(Refused.class);

    Field later = field(EntityType.TASK, FieldType.TEXT, false);
    Values same = Values.of("type", "call").with("title", "x").with(later.key(), "same");
    RecordRef first = created(EntityType.TASK, same.copy());
    created(EntityType.TASK, same.copy());
    ChangedField unique = new ChangedField(null, null, true, null, null, null, null);
    assertThatThrownBy(() -> definitions.change(EntityType.TASK, null, later.key(), unique))
        .isInstanceOf(RefusedException.class);
    records.write(
        List.of(new RecordCommand.Update(first, null, Values.of(later.key(), "other"))), CAUSE);
    assertThat(definitions.change(EntityType.TASK, null, later.key(), unique).unique()).isTrue();
    assertThat(create(EntityType.TASK, same.copy())).isInstanceOf(Refused.class);
  }

  @Test
  void mandatoryFieldsDefaultsAndLimitsHold() {
    definitions.create(
        EntityType.CONTACT,
        null,
        new NewField(
            "level",
            "Level",
            FieldType.WHOLE_NUMBER,
            null,
            true,
            false,
            null,
            List.of(),
            null,
            3,
            new Limits(BigDecimal.ONE, BigDecimal.TEN, null, null)));
    RecordRef ref = created(EntityType.CONTACT, Values.of("lastName", "x"));
    assertThat(records.find(ref).orElseThrow().values().get("level")).isEqualTo(3L);
    Refused high = (Refused) create(EntityType.CONTACT, Values.of("level", 11L));
    assertThat(high.violations().get(0).expectation()).isEqualTo("a number of at most 10");
    Refused emptied =
        (Refused)
            records
                .write(
                    List.of(new RecordCommand.Update(ref, null, Values.of("level", null))), CAUSE)
                .get(0);
    assertThat(emptied.violations().get(0).field()).isEqualTo("level");
    definitions.delete(
        EntityType.CONTACT,
        null,
        "level",
        definitions.countValues(EntityType.CONTACT, null, "level"),
        false);
  }

  @Test
  void fieldsOfAnActivityTypeBelongToItAlone() {
    definitions.create(
        EntityType.ACTIVITY, "meeting", NewField.of("Room number", FieldType.WHOLE_NUMBER));
    WriteResult meeting =
        records
            .write(
                List.of(
                    new RecordCommand.Create(
                        EntityType.ACTIVITY, "meeting", Values.of("room_number", 12L))),
                CAUSE)
            .get(0);
    assertThat(meeting).isInstanceOf(Written.class);
    assertThat(count(EntityType.ACTIVITY, "room_number = 12 and type = \"meeting\"")).isOne();
    WriteResult payment =
        records
            .write(
                List.of(
                    new RecordCommand.Create(
                        EntityType.ACTIVITY, "payment", Values.of("room_number", 12L))),
                CAUSE)
            .get(0);
    assertThat(payment).isInstanceOf(Refused.class);
  }

  @Test
  void aFieldThatBecomesFilterableFindsWhatWasWrittenBefore() {
    Field field =
        definitions.create(
            EntityType.ACCOUNT,
            null,
            new NewField(
                null,
                "Later found",
                FieldType.TEXT,
                null,
                false,
                false,
                false,
                List.of(),
                null,
                null,
                Limits.NONE));
    created(EntityType.ACCOUNT, Values.of("name", "Later found Ltd").with(field.key(), "needle"));
    assertThatThrownBy(() -> count(EntityType.ACCOUNT, field.key() + " = \"needle\""))
        .isInstanceOf(RefusedException.class);
    definitions.change(
        EntityType.ACCOUNT,
        null,
        field.key(),
        new ChangedField(null, null, null, true, null, null, null));
    assertThat(count(EntityType.ACCOUNT, field.key() + " = \"needle\"")).isOne();
  }
}
