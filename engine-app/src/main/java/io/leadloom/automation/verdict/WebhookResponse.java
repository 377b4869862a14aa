package io.leadloom.automation.verdict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.schema.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer of a webhook as flat values by path, for example {@code customer.limit}. */
public final class WebhookResponse {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_FIELDS = 500;

  private WebhookResponse() {}

  /** The values of an answer; none when it is no JSON. */
  public static Values read(@Nullable String json) {
    Values values = Values.none();
    if (json == null) {
      return values;
    }
    try {
      flatten("", JSON.readTree(json), values);
    } catch (JsonProcessingException e) {
      return Values.none();
    }
    return values;
  }

  private static void flatten(String path, JsonNode node, Values values) {
    if (values.size() >= MOST_FIELDS) {
      return;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> member : node.properties()) {
        flatten(
            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
            member.getValue(),
            values);
      }
    } else if (node.isBoolean()) {
      values.with(path, node.booleanValue());
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      values.with(path, node.longValue());
    } else if (node.isNumber()) {
      values.with(path, node.decimalValue());
    } else if (node.isTextual()) {
      values.with(path, node.textValue());
    }
  }
}
