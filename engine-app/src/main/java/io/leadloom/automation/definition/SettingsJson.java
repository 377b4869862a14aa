package io.leadloom.automation.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.decision.Criterion;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;

/** The JSON of settings inside BPMN: enum names are lower camel case, unknown properties are refused, depth is bounded. */
public final class SettingsJson {

  private static final int DEEPEST = 40;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addMixIn(Operator.class, CamelCase.class)
          .addMixIn(Criterion.Source.class, CamelCase.class)
          .addMixIn(Operand.Unit.class, CamelCase.class)
          .addMixIn(Reentry.Policy.class, CamelCase.class)
          .addMixIn(TriggerType.class, TriggerName.class)
          .build();

  private SettingsJson() {}

  @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
  private interface CamelCase {}

  private abstract static class TriggerName {
    @com.fasterxml.jackson.annotation.JsonValue
    abstract String key();
  }

  /**
   * Reads any JSON text.
   *
   * @throws JsonProcessingException when it is none
   */
  public static JsonNode tree(String json) throws JsonProcessingException {
    JsonNode node = MAPPER.readTree(json);
    return node == null ? MAPPER.createObjectNode() : node;
  }

  static <T> T read(JsonNode json, Class<T> type) throws JsonProcessingException {
    return MAPPER.treeToValue(json, type);
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored settings cannot be read", e);
    }
  }

  /** Writes settings for keeping. */
  static String write(Object settings) {
    try {
      return MAPPER.writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Settings as JSON that is read. */
  public static JsonNode json(Object settings) {
    return MAPPER.valueToTree(settings);
  }

  /** A short reason in plain words, without class names. */
  static String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    int cut = message.indexOf(" (class ");
    String text = cut > 0 ? message.substring(0, cut) : message;
    return "valid JSON settings ("
        + text.replaceAll("`?(io\\.leadloom|java|com)\\.[\\w.$`]*", "value")
        + ")";
  }
}
