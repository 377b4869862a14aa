package io.leadloom.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The interface calls the delivered fields by the reader's language, and by the same names in English. */
class FieldLabelsTest {

  @Test
  void everyDeliveredFieldHasItsNameInEachLanguage() throws IOException {
    JsonNode english = labels("en");
    JsonNode german = labels("de");
    assertThat(SystemFields.ALL).isNotEmpty();
    for (Field field : SystemFields.ALL) {
      assertThat(label(english, field))
          .as(field.entity() + " " + field.key())
          .isEqualTo(field.label());
      assertThat(label(german, field)).as(field.entity() + " " + field.key()).isNotBlank();
    }
  }

  private static String label(JsonNode labels, Field field) {
    JsonNode own = labels.path(field.entity().path()).path(field.key());
    return own.isMissingNode() ? labels.path(field.key()).asText() : own.asText();
  }

  private static JsonNode labels(String language) throws IOException {
    return new ObjectMapper()
        .readTree(Path.of("ui", "src", "locales", language + ".json").toFile())
        .path("fieldLabels");
  }
}
