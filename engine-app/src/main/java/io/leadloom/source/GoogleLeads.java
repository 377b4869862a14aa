package io.leadloom.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Google Ads sends of its lead forms. */
final class GoogleLeads {

  private static final List<String> MORE =
      List.of("form_id", "campaign_id", "adgroup_id", "creative_id", "asset_group_id", "gcl_id");

  private GoogleLeads() {}

  /** Whether the key that was pasted there comes along. */
  static boolean knows(JsonNode document, String key) {
    return MessageDigest.isEqual(
        document.path("google_key").asText("").getBytes(StandardCharsets.UTF_8),
        key.getBytes(StandardCharsets.UTF_8));
  }

  /** The answers of a form by the ids of their questions, or by their names where Google gives no id. */
  static Parcel read(JsonNode document) {
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonNode column : document.path("user_column_data")) {
      String id = column.path("column_id").asText("");
      String name = id.isEmpty() ? column.path("column_name").asText("") : id;
      String value = column.path("string_value").asText("");
      if (!name.isEmpty() && name.length() <= Parcels.LONGEST_NAME) {
        values.merge(name, value, (before, more) -> before + ", " + more);
      }
    }
    for (String name : MORE) {
      String value = document.path(name).asText("");
      if (!value.isEmpty()) {
        values.putIfAbsent(name, value);
      }
    }
    String lead = document.path("lead_id").asText("");
    boolean test = document.path("is_test").asBoolean();
    return new Parcel(lead.isEmpty() || test ? null : lead, values, null, List.of(), test, true);
  }
}
