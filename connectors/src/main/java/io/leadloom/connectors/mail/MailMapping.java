package io.leadloom.connectors.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;
import org.apache.camel.component.mail.MailConstants;

/** Turns a delivery into the headers and body that Camel makes a MIME message of. */
final class MailMapping {

  private static final Set<String> RESERVED =
      Set.of(
          "to",
          "cc",
          "bcc",
          "from",
          "sender",
          "subject",
          "date",
          "received",
          "return-path",
          "message-id",
          "copyto",
          "moveto",
          "delete",
          "contenttype",
          "leadloom-delivery");

  private final ObjectMapper json = new ObjectMapper();
  private final MailSettings settings;

  MailMapping(MailSettings settings) {
    this.settings = settings;
  }

  void fill(Delivery delivery, Message message) throws ConnectorFailure {
    if (!MailSettings.isAddress(delivery.to())) {
      throw ConnectorFailure.permanent("'" + delivery.to() + "' is not an e-mail address", null);
    }
    JsonNode body = body(delivery);
    String text = body.path("text").asText("");
    String html = body.path("html").asText("");
    delivery.headers().forEach((name, value) -> addHeader(message, name, value));
    message.setHeader(MailConstants.MAIL_TO, delivery.to());
    message.setHeader(MailConstants.MAIL_FROM, from());
    if (settings.replyTo() != null
        && !settings.replyTo().isBlank()
        && message.getHeader(MailConstants.MAIL_REPLY_TO) == null) {
      message.setHeader(MailConstants.MAIL_REPLY_TO, settings.replyTo());
    }
    message.setHeader(MailConstants.MAIL_SUBJECT, oneLine(body.path("subject").asText("")));
    message.setHeader("Message-ID", messageId(delivery.key()));
    message.setHeader("Leadloom-Delivery", oneLine(delivery.key()));
    if (html.isEmpty()) {
      message.setHeader(MailConstants.MAIL_CONTENT_TYPE, "text/plain; charset=UTF-8");
      message.setBody(text);
    } else {
      message.setHeader(MailConstants.MAIL_CONTENT_TYPE, "text/html; charset=UTF-8");
      message.setBody(html);
      if (!text.isEmpty()) {
        message.setHeader(MailConstants.MAIL_ALTERNATIVE_BODY, text);
      }
    }
  }

  /** The same key always gives the same id, so that a repeated mail can be recognised. */
  String messageId(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      String from = String.valueOf(settings.from());
      return "<leadloom."
          + HexFormat.of().formatHex(hash, 0, 16)
          + "@"
          + from.substring(from.indexOf('@') + 1)
          + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode body(Delivery delivery) throws ConnectorFailure {
    try {
      return json.readTree(delivery.body());
    } catch (JsonProcessingException e) {
      throw ConnectorFailure.permanent("The mail's content is not JSON", e);
    }
  }

  private String from() throws ConnectorFailure {
    try {
      return new InternetAddress(settings.from(), settings.fromName(), "UTF-8").toString();
    } catch (UnsupportedEncodingException e) {
      throw ConnectorFailure.permanent("The sender's name cannot be written", e);
    }
  }

  private static void addHeader(Message message, String name, String value) {
    String folded = name.toLowerCase(Locale.ROOT);
    boolean ours =
        RESERVED.contains(folded)
            || folded.startsWith("camel")
            || folded.startsWith("content-")
            || folded.startsWith("mime-")
            || !name.matches("[A-Za-z0-9\\-]{1,76}");
    if (!ours) {
      message.setHeader(name, oneLine(value));
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n\\x00]+", " ").strip();
  }

  static Map<String, String> properties(MailSettings settings, String protocol) {
    String millis = Integer.toString(settings.timeoutSeconds() * 1000);
    boolean tls = settings.security() == MailSettings.Security.STARTTLS;
    return Map.of(
        "mail." + protocol + ".connectiontimeout",
        millis,
        "mail." + protocol + ".timeout",
        millis,
        "mail." + protocol + ".writetimeout",
        millis,
        "mail." + protocol + ".auth",
        Boolean.toString(settings.signsIn()),
        "mail." + protocol + ".starttls.enable",
        Boolean.toString(tls),
        "mail." + protocol + ".starttls.required",
        Boolean.toString(tls),
        "mail." + protocol + ".ssl.checkserveridentity",
        "true",
        "mail." + protocol + ".allowutf8",
        "true");
  }
}
