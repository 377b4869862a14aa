package io.leadloom.connection.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the outbox writes things into columns. */
final class Codec {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
  private static final int LANE = 255;

  private Codec() {}

  static String cause(Cause cause) {
    try {
      return JSON.writeValueAsString(cause);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Cause cause(String text) {
    try {
      return JSON.readValue(text, Cause.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored cause cannot be read", e);
    }
  }

  static @Nullable String headers(@Nullable Map<String, String> headers) {
    try {
      return headers == null || headers.isEmpty() ? null : JSON.writeValueAsString(headers);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Map<String, String> headers(@Nullable String text) {
    try {
      return text == null ? Map.of() : JSON.readValue(text, HEADERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored headers cannot be read", e);
    }
  }

  /** The headers and the secret's name that a sender may give. */
  record Options(@Nullable Map<String, String> headers, @Nullable String secret) {}

  /** Reads the options of a request; refuses what is not of their form. */
  static Options options(@Nullable String text) {
    if (text == null) {
      return new Options(null, null);
    }
    try {
      return JSON.readValue(text, Options.class);
    } catch (JsonProcessingException e) {
      throw RefusedException.invalid(
          "The options of a delivery cannot be read",
          Violation.of(
              "options", text, "an object with headers (texts by name) and secret (a name)"));
    }
  }

  static int channel(Channel channel) {
    return channel.ordinal() + 1;
  }

  static Channel channel(int code) {
    return Channel.values()[code - 1];
  }

  static RecordRef ref(String type, long id) {
    return new RecordRef(
        EntityType.of(type).orElseThrow(() -> new IllegalStateException("No entity type " + type)),
        id);
  }

  static LocalDateTime time(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
  }

  static Instant time(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }

  /** What shares a limit: the host of a webhook, otherwise the channel. */
  static String lane(Channel channel, String to) {
    if (channel != Channel.WEBHOOK) {
      return channel.name().toLowerCase(Locale.ROOT);
    }
    String host;
    try {
      host = new URI(to.strip()).getHost();
    } catch (URISyntaxException e) {
      host = null;
    }
    String lane = host == null ? "-" : host.toLowerCase(Locale.ROOT);
    return lane.length() > LANE ? lane.substring(0, LANE) : lane;
  }
}
