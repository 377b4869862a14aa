package io.leadloom.record.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import org.jspecify.annotations.Nullable;

/** Settings and undo notes as JSON; numbers keep every digit, so that equal values are equal texts. */
public final class Documents {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Documents() {}

  /** An empty one. */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** A value of a field, in its JSON-natural form. */
  public static JsonNode value(@Nullable Object value) {
    return JSON.valueToTree(FieldConversion.toNatural(value));
  }

  /**
   * A value as it is remembered: of a choice what records keep, so that it means the same after a rename.
   *
   * @param field null when nothing is known of it
   */
  public static JsonNode kept(@Nullable Field field, @Nullable Object value) {
    ChoiceNames names = field == null ? null : field.names();
    return value(names != null && value instanceof String name ? names.stored(name) : value);
  }

  /** What {@link #value} was made of: text, number, true or false, list, map, null. */
  public static @Nullable Object natural(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  /** Its text. */
  public static String write(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write a document of a bulk action", e);
    }
  }

  /** The document of a text. */
  public static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read a document of a bulk action", e);
    }
  }

  /** Whether a value, read again, is the same. */
  public static boolean same(JsonNode stored, JsonNode now) {
    return write(stored).equals(write(now));
  }
}
