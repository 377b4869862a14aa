package io.leadloom.connectors.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.jspecify.annotations.Nullable;

/** Turns a delivery into a request, and an answer into a receipt or a failure. */
final class WebhookMapping {

  private static final Set<String> RESERVED =
      Set.of(
          "host",
          "connection",
          "keep-alive",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "expect",
          "date",
          "user-agent");

  private static final Duration LONGEST_WISH = Duration.ofHours(24);

  private final ObjectMapper json =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
  private final WebhookSettings settings;
  private final Secrets secrets;

  WebhookMapping(WebhookSettings settings, Secrets secrets) {
    this.settings = settings;
    this.secrets = secrets;
  }

  void fill(Delivery delivery, Message message) throws ConnectorFailure {
    byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
    delivery.headers().forEach((name, value) -> addHeader(message, name, value));
    message.setHeader(HttpConstants.HTTP_URI, address(delivery.to()).toASCIIString());
    message.setHeader(HttpConstants.HTTP_METHOD, "POST");
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader("Leadloom-Delivery", delivery.key());
    if (delivery.secret() != null) {
      String secret =
          secrets
              .find(delivery.secret())
              .orElseThrow(
                  () ->
                      ConnectorFailure.permanent(
                          "There is no secret named '" + delivery.secret() + "'", null));
      message.setHeader("Leadloom-Signature", signature(secret, delivery.at(), body));
    }
    message.setBody(body);
  }

  /** The form {@code t=<seconds>,v1=<hex>}: HMAC-SHA256 over the seconds, a full stop and the body. */
  static String signature(String secret, Instant at, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Only plain http and https addresses; Camel must find nothing in them to interpret. */
  private URI address(String to) throws ConnectorFailure {
    URI uri;
    try {
      uri = new URI(to.strip());
    } catch (URISyntaxException e) {
      throw ConnectorFailure.permanent("The address is not a URL", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw ConnectorFailure.permanent("The address must begin with http:// or https://", null);
    }
    if (uri.getHost() == null || uri.getHost().isBlank()) {
      throw ConnectorFailure.permanent("The address has no host", null);
    }
    if (uri.getUserInfo() != null) {
      throw ConnectorFailure.permanent(
          "The address must not contain a user name or password", null);
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    // With networks that may be called on every port, the resolver decides: it knows the address.
    if (!settings.allowsPort(port) && settings.allowed().isEmpty()) {
      throw ConnectorFailure.permanent("The port " + port + " must not be called", null);
    }
    return uri;
  }

  Receipt receipt(Message answer, Instant sentAt) throws ConnectorFailure {
    int status = answer.getHeader(HttpConstants.HTTP_RESPONSE_CODE, 0, Integer.class);
    String body = answer.getBody(String.class);
    if (status >= 200 && status < 300) {
      return new Receipt(asJson(body), false);
    }
    String message = "The receiver answered " + status + beginning(body);
    if (status >= 300 && status < 400) {
      throw ConnectorFailure.permanent(
          "The receiver answered " + status + ": redirects are not followed", null);
    }
    boolean again = status >= 500 || status == 408 || status == 425 || status == 429;
    throw again
        ? ConnectorFailure.retryAfter(
            message, wish(answer.getHeader("Retry-After", String.class), sentAt))
        : ConnectorFailure.permanent(message, null);
  }

  private static String beginning(@Nullable String body) {
    if (body == null || body.isBlank()) {
      return "";
    }
    String line = body.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return ": " + (line.length() > 200 ? line.substring(0, 200) + "…" : line);
  }

  private @Nullable String asJson(@Nullable String body) {
    if (body == null || body.isBlank()) {
      return null;
    }
    try {
      return json.readTree(body).toString();
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Reads the two forms of Retry-After: seconds, or a date. */
  static @Nullable Duration wish(@Nullable String value, Instant now) {
    if (value == null || value.isBlank()) {
      return null;
    }
    Duration wish;
    try {
      wish =
          value.strip().matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value.strip()))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
    } catch (DateTimeException e) {
      return null;
    }
    if (wish.isNegative()) {
      return Duration.ZERO;
    }
    return wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
  }

  private static void addHeader(Message message, String name, String value) {
    String folded = name.toLowerCase(Locale.ROOT);
    boolean ours =
        RESERVED.contains(folded)
            || folded.startsWith("camel")
            || folded.startsWith("content-")
            || folded.startsWith("leadloom-")
            || !name.matches("[A-Za-z0-9!#$%&'*+.^_`|~\\-]{1,100}");
    if (!ours) {
      message.setHeader(name, value.replaceAll("[\\r\\n\\x00]+", " "));
    }
  }
}
