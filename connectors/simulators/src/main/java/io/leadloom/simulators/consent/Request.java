package io.leadloom.simulators.consent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request that came in.
 *
 * @param path as it was sent, without the query
 * @param query decoded
 * @param headers by lower-case name
 */
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it comes in. */
  public static Request of(String method, URI uri, Map<String, String> headers, String body) {
    return new Request(method, uri.getRawPath(), form(uri.getRawQuery()), headers, body);
  }

  static Map<String, String> form(@org.jspecify.annotations.Nullable String text) {
    Map<String, String> values = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return values;
    }
    for (String part : text.split("&", -1)) {
      String[] pair = part.split("=", 2);
      values.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
    }
    return values;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** The decoded parts of the path after its beginning. */
  public String[] parts(String beginning) {
    String[] parts = path.substring(beginning.length()).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      // A plus in a path is a plus.
      parts[i] = decoded(parts[i].replace("+", "%2B"));
    }
    return parts;
  }

  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The body; missing when it is none. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
