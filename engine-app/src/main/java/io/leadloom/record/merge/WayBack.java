package io.leadloom.record.merge;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.leadloom.schema.FieldConversion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a merge is taken back.
 *
 * @param fields what the merge changed in the survivor's fields
 * @param score how many points the survivor got that the others had earned
 * @param tags the tags that the survivor gained
 * @param lists the static lists that the survivor joined
 * @param left the static lists that each of the others was on, by its id
 */
record WayBack(
    Map<String, Change> fields,
    long score,
    Set<String> tags,
    Set<Long> lists,
    Map<Long, Set<Long>> left) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /** The ids of the records that became part of the survivor, in their order. */
  List<Long> others() {
    return left.keySet().stream().sorted().toList();
  }

  /** A value before and after, in its JSON-natural form. */
  record Change(JsonNode before, JsonNode after) {

    static Change of(@Nullable Object before, @Nullable Object after) {
      return new Change(node(before), node(after));
    }

    /** Whether a value is the one that the merge has set. */
    boolean stands(@Nullable Object now) {
      return text(after).equals(text(node(now)));
    }

    /** The natural form of what stood there before. */
    @Nullable Object former() {
      return JSON.convertValue(before, Object.class);
    }
  }

  private static JsonNode node(@Nullable Object value) {
    return JSON.valueToTree(FieldConversion.toNatural(value));
  }

  private static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The way back of a merge cannot be written", e);
    }
  }

  String json() {
    return text(this);
  }

  static WayBack read(String json) {
    try {
      return JSON.readValue(json, WayBack.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The way back of a merge cannot be read", e);
    }
  }
}
