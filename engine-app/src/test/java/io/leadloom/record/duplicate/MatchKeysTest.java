package io.leadloom.record.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms in which values are the same. */
class MatchKeysTest {

  private static @Nullable String normal(FieldType type, @Nullable String value) {
    Field field =
        new Field(
            1,
            EntityType.LEAD,
            null,
            "one",
            "One",
            type,
            true,
            false,
            false,
            false,
            true,
            null,
            List.of(),
            null,
            null,
            Field.Limits.NONE);
    return MatchKeys.normal(field, value, "IN");
  }

  @ParameterizedTest
  @CsvSource({
    "+91 98200 12345, +919820012345",
    "098200 12345, +919820012345",
    "(98200) 12345, +919820012345",
    "98200-12345, +919820012345",
    "0091 98200 12345, +919820012345",
    "+49 (0)89 1234567, +49891234567",
  })
  void LEAD_063_phoneNumbersAreComparedInInternationalForm(String typed, String same) {
    assertThat(normal(FieldType.PHONE, typed)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({"' Ann@X.com ', ann@x.com", "ANN@X.COM, ann@x.com"})
  void SET_016_emailIsComparedWithoutLetterCase(String typed, String same) {
    assertThat(normal(FieldType.EMAIL, typed)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.Acme.com/, acme.com",
    "http://acme.com, acme.com",
    "https://acme.com/shop/, acme.com/shop",
  })
  void addressesAreComparedWithoutWhatEverybodyLeavesOut(String typed, String same) {
    assertThat(normal(FieldType.URL, typed)).isEqualTo(same);
  }

  @Test
  void textsAreComparedWithoutLetterCaseAndSpacesThatNobodySees() {
    assertThat(normal(FieldType.TEXT, "  AB\u00a0 12 ")).isEqualTo("ab 12");
    assertThat(normal(FieldType.TEXT, "Cafe\u0301")).isEqualTo(normal(FieldType.TEXT, "CAFÉ"));
  }

  @Test
  void whatSaysNothingIsNoKey() {
    for (FieldType type : MatchRule.COMPARABLE) {
      assertThat(normal(type, null)).isNull();
      assertThat(normal(type, " \t")).isNull();
    }
    assertThat(normal(FieldType.PHONE, "12")).isNull();
    assertThat(normal(FieldType.PHONE, "n/a")).isNull();
    for (String filler :
        List.of("+000", "+1234", "+00000000", "111111", "99999 99999", "0000-000000")) {
      assertThat(normal(FieldType.PHONE, filler)).as(filler).isNull();
    }
  }

  @Test
  void aFormIsItsOwnForm() {
    Random random = new Random(5);
    String letters = "aB é+0123456789-()/.@\u00a0ßÄ";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      for (FieldType type : MatchRule.COMPARABLE) {
        String once = normal(type, text.toString());
        // What is no phone number may be one without its letters.
        boolean number =
            type != FieldType.PHONE || once != null && once.matches("\\+[1-9][0-9]{7,14}");
        if (once != null && number) {
          assertThat(normal(type, once)).as("%s %s", type, text).isEqualTo(once);
        }
      }
    }
  }
}
