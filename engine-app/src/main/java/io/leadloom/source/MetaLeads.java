package io.leadloom.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.leadloom.platform.outgoing.OutgoingHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** Lead ads of Meta: what its deliveries say, and the leads themselves, which are fetched from the Graph API. */
@Component
class MetaLeads {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";
  private static final String FIELDS = "id,created_time,ad_id,form_id,platform,field_data";
  private static final String ID = "[0-9]{1,40}";
  private static final int MOST_CHANGES = 1_000;
  private static final int MOST_FORMS = 2_000;
  private static final int LONGEST_CURSOR = 1_000;
  private static final Duration LONGEST_WISH = Duration.ofHours(1);

  private final OutgoingHttp http;
  private final ObjectMapper json;
  private final String api;

  MetaLeads(
      OutgoingHttp http,
      ObjectMapper json,
      @Value("${leadloom.lead-sources.meta:https://graph.facebook.com/v21.0}") String api) {
    this.http = http;
    this.json = json;
    this.api = api;
  }

  /** Meta did not give a lead. The message is for people and never contains a token. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean later;
    private final @Nullable Duration wish;

    Failure(boolean later, String message, @Nullable Duration wish) {
      super(message);
      this.later = later;
      this.wish = wish;
    }

    /** Whether trying again can help. */
    boolean later() {
      return later;
    }

    /** How long Meta asks to wait; null when it said nothing. */
    @Nullable Duration wish() {
      return wish;
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNullElse(super.getMessage(), "failed");
    }
  }

  /** Whether Meta has signed these bytes with the secret of the application. */
  static boolean signed(byte[] body, @Nullable String signature, String appSecret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(appSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      String expected = PREFIX + HexFormat.of().formatHex(mac.doFinal(body));
      return MessageDigest.isEqual(
          expected.getBytes(StandardCharsets.US_ASCII),
          (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot sign", e);
    }
  }

  /** The leads that a delivery speaks of; other changes are none of ours. */
  static List<Parcel> read(JsonNode document) {
    List<Parcel> parcels = new ArrayList<>();
    for (JsonNode entry : document.path("entry")) {
      for (JsonNode change : entry.path("changes")) {
        JsonNode value = change.path("value");
        String lead = value.path("leadgen_id").asText("");
        if (change.path("field").asText().equals("leadgen")
            && lead.matches(ID)
            && parcels.size() < MOST_CHANGES) {
          Map<String, String> values = new LinkedHashMap<>();
          for (String name : List.of("leadgen_id", "page_id", "form_id", "ad_id", "adgroup_id")) {
            String text = value.path(name).asText("");
            if (!text.isEmpty() && text.length() <= Parcels.LONGEST_NAME) {
              values.put(name, text);
            }
          }
          values.putIfAbsent("page_id", entry.path("id").asText(""));
          parcels.add(new Parcel(lead, values, null, List.of(), false, false));
        }
      }
    }
    return parcels;
  }

  /** The answers of a lead by the names of their questions, with what the delivery has said. */
  Map<String, String> fetch(Map<String, String> told, String pageToken) throws Failure {
    JsonNode document =
        asked("/" + told.getOrDefault("leadgen_id", ""), Map.of("fields", FIELDS), pageToken);
    if (!document.path("field_data").isArray()) {
      throw new Failure(true, "Meta answered something else than a lead", null);
    }
    return values(told, document);
  }

  /** The id of the page that an access token is of. */
  String page(String pageToken) throws Failure {
    String id = asked("/me", Map.of("fields", "id"), pageToken).path("id").asText("");
    if (!id.matches(ID)) {
      throw new Failure(false, "Meta does not say which page the access token is of", null);
    }
    return id;
  }

  /** The forms of a page. */
  List<String> forms(String page, String pageToken) throws Failure {
    List<String> forms = new ArrayList<>();
    String after = null;
    do {
      Map<String, String> query = new LinkedHashMap<>(Map.of("fields", "id", "limit", "100"));
      if (after != null) {
        query.put("after", after);
      }
      JsonNode document = asked("/" + page + "/leadgen_forms", query, pageToken);
      for (JsonNode form : listed(document)) {
        String id = form.path("id").asText("");
        if (id.matches(ID)) {
          forms.add(id);
        }
      }
      after = next(document);
    } while (after != null && forms.size() < MOST_FORMS);
    return forms;
  }

  /**
   * Some leads of a form.
   *
   * @param next what the page after them begins behind; null when there is none
   */
  record Listed(List<Parcel> parcels, @Nullable String next) {}

  /** A page of the leads of a form, with their answers. */
  Listed leads(String page, String form, Instant since, @Nullable String after, String pageToken)
      throws Failure {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("fields", FIELDS);
    query.put(
        "filtering",
        "[{\"field\":\"time_created\",\"operator\":\"GREATER_THAN\",\"value\":%d}]"
            .formatted(since.getEpochSecond() - 1));
    query.put("limit", "50");
    if (after != null) {
      query.put("after", after);
    }
    JsonNode document = asked("/" + form + "/leads", query, pageToken);
    List<Parcel> parcels = new ArrayList<>();
    for (JsonNode lead : listed(document)) {
      String id = lead.path("id").asText("");
      if (id.matches(ID) && lead.path("field_data").isArray()) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("leadgen_id", id);
        told.put("page_id", page);
        told.put("form_id", form);
        parcels.add(Parcel.of(id, values(told, lead)));
      }
    }
    return new Listed(parcels, next(document));
  }

  private static JsonNode listed(JsonNode document) throws Failure {
    JsonNode data = document.path("data");
    if (!data.isArray()) {
      throw new Failure(true, "Meta answered something else than a list", null);
    }
    return data;
  }

  private static @Nullable String next(JsonNode document) {
    String after = document.at("/paging/cursors/after").asText("");
    boolean more = document.path("paging").hasNonNull("next");
    return !more || after.isEmpty() || after.length() > LONGEST_CURSOR ? null : after;
  }

  private JsonNode asked(String path, Map<String, String> query, String pageToken) throws Failure {
    UriComponentsBuilder builder = UriComponentsBuilder.fromUriString(api).path(path);
    Map<String, Object> named = new LinkedHashMap<>(query);
    named.put("access_token", pageToken);
    named.keySet().forEach(name -> builder.queryParam(name, "{" + name + "}"));
    URI address = builder.encode().buildAndExpand(named).toUri();
    Answer answer;
    try {
      answer =
          Objects.requireNonNull(
              RestClient.builder()
                  .requestFactory(http.requests())
                  .build()
                  .get()
                  .uri(address)
                  .accept(MediaType.APPLICATION_JSON)
                  .exchange((sent, response) -> read(response)));
    } catch (ResourceAccessException e) {
      // Its message holds the address, and so the token.
      throw new Failure(
          true,
          "Meta does not answer: "
              + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName(),
          null);
    }
    JsonNode document = parsed(answer.text());
    if (answer.status() / 100 != 2) {
      throw failure(answer, document.path("error"));
    }
    return document;
  }

  private static Map<String, String> values(Map<String, String> told, JsonNode lead) {
    Map<String, String> values = new LinkedHashMap<>(told);
    for (String name : List.of("platform", "form_id", "ad_id", "created_time")) {
      String text = lead.path(name).asText("");
      if (!text.isEmpty()) {
        values.put(name, text);
      }
    }
    for (JsonNode answer : lead.path("field_data")) {
      List<String> texts = new ArrayList<>();
      answer.path("values").forEach(text -> texts.add(text.asText()));
      String name = answer.path("name").asText("");
      if (!name.isEmpty() && name.length() <= Parcels.LONGEST_NAME) {
        values.put(name, String.join(", ", texts));
      }
    }
    return values;
  }

  private record Answer(int status, String text, @Nullable String retryAfter) {}

  private static Answer read(ClientHttpResponse response) throws IOException {
    return new Answer(
        response.getStatusCode().value(),
        new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8),
        response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER));
  }

  private JsonNode parsed(String text) {
    try {
      JsonNode document = json.readTree(text);
      return document == null ? MissingNode.getInstance() : document;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** Codes 1, 2, 4, 17, 32 and 613 of the Graph API are passing troubles and limits, whatever the status is. */
  private static Failure failure(Answer answer, JsonNode error) {
    int code = error.path("code").asInt();
    boolean later =
        answer.status() >= 500
            || answer.status() == 429
            || answer.status() == 408
            || List.of(1, 2, 4, 17, 32, 613).contains(code)
            || error.path("is_transient").asBoolean();
    String said = error.path("message").asText("");
    String text =
        "Meta answered "
            + answer.status()
            + (said.isEmpty() ? "" : ": " + (said.length() > 300 ? said.substring(0, 300) : said));
    String seconds = answer.retryAfter();
    Duration wish =
        seconds == null || !seconds.matches("[0-9]{1,6}")
            ? null
            : Duration.ofSeconds(Long.parseLong(seconds));
    return new Failure(
        later, text, wish != null && wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
  }
}
