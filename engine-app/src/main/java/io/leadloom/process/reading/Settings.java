package io.leadloom.process.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.process.ProcessModel.Node;

/** The JSON texts inside a model, as far as this room writes or reads them. */
public final class Settings {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private Settings() {}

  static boolean isObject(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode;
    } catch (JsonProcessingException notJson) {
      return false;
    }
  }

  static String of(String firstKey, String firstValue) {
    return JSON.createObjectNode().put(firstKey, firstValue).toString();
  }

  static String of(String firstKey, String firstValue, String secondKey, String secondValue) {
    return JSON.createObjectNode().put(firstKey, firstValue).put(secondKey, secondValue).toString();
  }

  /** The name of a link event. */
  public static String link(Node node) {
    try {
      JsonNode link = JSON.readTree(node.settings()).get("link");
      return link == null ? "" : link.asText();
    } catch (JsonProcessingException notJson) {
      return "";
    }
  }
}
