package io.leadloom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.leadloom.platform.Violation;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads the bodies of deliveries into names and texts: objects within objects have names with dots, lists of texts become
 * one text with commas.
 */
@Component
class Parcels {

  private static final int MOST_VALUES = 200;
  private static final int DEEPEST = 5;
  static final int LONGEST_NAME = 200;
  private static final int LONGEST_VALUE = 50_000;
  private static final int LONGEST_RAW = 10_000;

  private final ObjectReader json;

  Parcels(ObjectMapper json) {
    this.json = json.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** A body that is not what was asked for. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Parcel parcel;

    Unreadable(Parcel parcel) {
      super("A delivery cannot be read");
      this.parcel = parcel;
    }

    Parcel parcel() {
      return parcel;
    }
  }

  private static Unreadable unreadable(
      String raw, String field, @Nullable Object value, String expectation) {
    String whole =
        new String(raw.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replace('\0', '\uFFFD');
    String kept =
        whole.substring(
            0,
            whole.offsetByCodePoints(
                0, Math.min(LONGEST_RAW, whole.codePointCount(0, whole.length()))));
    return new Unreadable(Parcel.unreadable(kept, Violation.of(field, value, expectation)));
  }

  /** The text of a body; refused when it is not in this character set. */
  static String text(byte[] body, Charset charset) throws Unreadable {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.indexOf('\0') >= 0) {
        throw unreadable(text, "body", null, "a text without zero characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw unreadable(
          new String(body, StandardCharsets.UTF_8),
          "body",
          null,
          "a text in " + charset.name() + ", or the charset that it is in after the Content-Type");
    }
  }

  /** The values of an HTML form. */
  Map<String, String> form(byte[] body, Charset charset) throws Unreadable {
    String text = text(body, StandardCharsets.UTF_8);
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split("&", -1)) {
      if (!part.isEmpty()) {
        String[] pair = part.split("=", 2);
        String value = pair.length == 2 ? decoded(pair[1], charset, text) : "";
        put(values, decoded(pair[0], charset, text), value, text);
      }
    }
    return values;
  }

  private static String decoded(String text, Charset charset, String whole) throws Unreadable {
    try {
      String decoded = URLDecoder.decode(text, charset);
      if (decoded.indexOf('\uFFFD') >= 0 || decoded.indexOf('\0') >= 0) {
        throw unreadable(
            whole, "body", text, "characters of " + charset.name() + ", as the Content-Type says");
      }
      return decoded;
    } catch (IllegalArgumentException e) {
      throw unreadable(whole, "body", text, "percent signs with two hexadecimal digits after them");
    }
  }

  /** The document in a body. */
  JsonNode document(byte[] body) throws Unreadable {
    String text = text(body, StandardCharsets.UTF_8);
    try {
      JsonNode document = json.readTree(text);
      if (document == null || !document.isObject()) {
        throw unreadable(
            text, "body", null, "a JSON object such as {\"email\": \"ann@example.com\"}");
      }
      return document;
    } catch (JsonProcessingException e) {
      throw unreadable(text, "body", null, "JSON: " + firstLine(e));
    }
  }

  private static String firstLine(JsonProcessingException e) {
    String said = e.getOriginalMessage();
    int at = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    return (said == null ? "it is broken" : said.lines().findFirst().orElse("it is broken"))
        + (at > 0 ? " (line " + at + ")" : "");
  }

  /** The values of a document. */
  Map<String, String> values(JsonNode document) throws Unreadable {
    Map<String, String> values = new LinkedHashMap<>();
    collect("", document, 0, values, document.toString());
    return values;
  }

  private static void collect(
      String name, JsonNode node, int depth, Map<String, String> values, String whole)
      throws Unreadable {
    if (node.isObject() && depth < DEEPEST) {
      for (Map.Entry<String, JsonNode> part : node.properties()) {
        String inner = name.isEmpty() ? part.getKey() : name + "." + part.getKey();
        collect(inner, part.getValue(), depth + 1, values, whole);
      }
    } else if (node.isArray() && scalars(node)) {
      List<String> texts = new ArrayList<>();
      node.forEach(one -> texts.add(one.asText()));
      put(values, name, String.join(", ", texts), whole);
    } else if (node.isContainerNode()) {
      put(values, name, node.toString(), whole);
    } else if (!node.isNull()) {
      put(values, name, node.asText(), whole);
    }
  }

  private static boolean scalars(JsonNode list) {
    for (JsonNode one : list) {
      if (!one.isValueNode() || one.isNull()) {
        return false;
      }
    }
    return true;
  }

  private static void put(Map<String, String> values, String name, String value, String whole)
      throws Unreadable {
    if (name.length() > LONGEST_NAME) {
      throw unreadable(whole, "body", name, "names of at most " + LONGEST_NAME + " characters");
    }
    if (value.length() > LONGEST_VALUE) {
      throw unreadable(whole, name, value, "at most " + LONGEST_VALUE + " characters");
    }
    if (value.indexOf('\0') >= 0
        || name.indexOf('\0') >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name + value)) {
      throw unreadable(
          whole, "body", null, "texts of whole characters, without zero and halves of pairs");
    }
    // What a form sends twice under one name, such as ticked boxes, is a list.
    values.merge(name, value, (before, more) -> before + ", " + more);
    if (values.size() > MOST_VALUES) {
      throw unreadable(whole, "body", values.size(), "at most " + MOST_VALUES + " values");
    }
  }
}
