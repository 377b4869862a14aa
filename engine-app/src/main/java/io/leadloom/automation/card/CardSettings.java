package io.leadloom.automation.card;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of one card while they are read; whatever is wrong with them becomes a problem. */
public final class CardSettings {

  private final String element;
  private final String name;
  private final JsonNode json;
  private final Consumer<Problem> problems;

  public CardSettings(String element, String name, JsonNode json, Consumer<Problem> problems) {
    this.element = element;
    this.name = name;
    this.json = json;
    this.problems = problems;
  }

  /** The id of the BPMN element. */
  public String element() {
    return element;
  }

  public JsonNode json() {
    return json;
  }

  /** Reports that a setting is not as expected. */
  public void problem(String field, @Nullable Object value, String expectation) {
    problems.accept(
        new Problem(
            element, name, field, value == null ? null : value.toString(), expectation, null));
  }

  /** A text that must be there; reported and empty when it is not. */
  public String required(String key) {
    String text = optional(key);
    if (text == null) {
      problem(key, null, "a value");
      return "";
    }
    return text;
  }

  /** A text, or null when there is none. Numbers and booleans count as text. */
  public @Nullable String optional(String key) {
    JsonNode node = json.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isValueNode()) {
      problem(key, node, "a single value");
      return null;
    }
    String text = node.asText();
    return text.isBlank() ? null : text;
  }

  /** Texts; a single text counts as a list of one. */
  public List<String> texts(String key) {
    JsonNode node = json.path(key);
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      for (JsonNode item : node) {
        if (item.isValueNode() && !item.asText().isBlank()) {
          texts.add(item.asText().strip());
        } else {
          problem(key, item, "a list of texts");
        }
      }
    } else {
      String text = optional(key);
      if (text != null) {
        texts.add(text.strip());
      }
    }
    return texts;
  }

  /** An object of single values, as texts in their order. */
  public Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    JsonNode node = json.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return map;
    }
    if (!node.isObject()) {
      problem(key, node, "an object of names and values");
      return map;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      JsonNode value = entry.getValue();
      if (value.isArray()) {
        List<String> parts = new ArrayList<>();
        value.forEach(part -> parts.add(part.asText()));
        map.put(entry.getKey(), String.join(",", parts));
      } else if (value.isValueNode()) {
        map.put(entry.getKey(), value.isNull() ? "" : value.asText());
      } else {
        problem(key + "." + entry.getKey(), value, "a single value");
      }
    }
    return map;
  }

  public boolean flag(String key) {
    return json.path(key).asBoolean(false);
  }

  /** A length of time {@code {"amount", "unit"}}; empty when there is none or it is not one. */
  public Optional<Duration> duration(String key) {
    JsonNode node = json.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    Optional<Duration> duration = Duration.read(node);
    if (duration.isEmpty()) {
      problem(key, node, "an amount and a unit: minutes, hours, days, weeks, months or years");
    }
    return duration;
  }
}
