package io.leadloom.connectors.mail;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connectors.api.SettingProblem;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the mail server.
 *
 * @param host name or address of the server
 * @param port 25, 465 or 587 as a rule
 * @param security how the connection is protected; {@code starttls} insists on it
 * @param username who signs in; null or empty to send without signing in
 * @param password the password of that user
 * @param from the address that mails come from
 * @param fromName the name shown beside it
 * @param replyTo where answers go; null or empty for the from address
 * @param timeoutSeconds how long to wait for the server at each step, 1 to 120
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MailSettings(
    @Nullable String host,
    int port,
    @Nullable Security security,
    @Nullable String username,
    @Nullable String password,
    @Nullable String from,
    @Nullable String fromName,
    @Nullable String replyTo,
    int timeoutSeconds) {

  private static final int DEFAULT_TIMEOUT = 15;

  /** Protection of the connection. */
  enum Security {
    @JsonProperty("none")
    NONE,
    @JsonProperty("starttls")
    STARTTLS,
    @JsonProperty("tls")
    TLS
  }

  MailSettings {
    if (timeoutSeconds == 0) {
      timeoutSeconds = DEFAULT_TIMEOUT;
    }
  }

  static MailSettings of(String json) throws JsonProcessingException {
    return new ObjectMapper().readValue(json, MailSettings.class);
  }

  boolean signsIn() {
    return username != null && !username.isBlank();
  }

  List<SettingProblem> problems() {
    List<SettingProblem> problems = new ArrayList<>();
    if (host == null || !host.matches("[A-Za-z0-9._:\\-\\[\\]]{1,253}")) {
      problems.add(new SettingProblem("host", "the name or address of a mail server"));
    }
    if (port < 1 || port > 65_535) {
      problems.add(new SettingProblem("port", "a port from 1 to 65535"));
    }
    if (security == null) {
      problems.add(new SettingProblem("security", "one of none, starttls, tls"));
    }
    if (!isAddress(from)) {
      problems.add(new SettingProblem("from", "an e-mail address"));
    }
    if (replyTo != null && !replyTo.isBlank() && !isAddress(replyTo)) {
      problems.add(new SettingProblem("replyTo", "an e-mail address, or nothing"));
    }
    if (timeoutSeconds < 1 || timeoutSeconds > 120) {
      problems.add(new SettingProblem("timeoutSeconds", "1 to 120 seconds"));
    }
    return problems;
  }

  static boolean isAddress(@Nullable String text) {
    if (text == null
        || text.isBlank()
        || text.length() > 320
        || text.chars().anyMatch(c -> c < ' ')) {
      return false;
    }
    try {
      InternetAddress address = new InternetAddress(text, true);
      String bare = address.getAddress();
      return address.getPersonal() == null && bare.equals(text.strip()) && bare.indexOf('@') > 0;
    } catch (AddressException e) {
      return false;
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MailSettings[" + host + ":" + port + ", " + security + ", from " + from + "]";
  }
}
