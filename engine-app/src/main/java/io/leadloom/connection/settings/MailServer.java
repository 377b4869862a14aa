package io.leadloom.connection.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.SettingProblem;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Vault;
import io.leadloom.platform.vault.VaultException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The mail server's settings. The password is sealed and never given out, except to the connector. */
@Component
public class MailServer {

  private static final String PROVIDER = "mail";
  private static final String PASSWORD = "password";
  private static final String PURPOSE = "connector:mail";

  /** What the settings form has, without the password. */
  private static final Set<String> FIELDS =
      Set.of(
          "host", "port", "security", "username", "from", "fromName", "replyTo", "timeoutSeconds");

  private final ConnectorSettings rows;
  private final Vault vault;
  private final Clock clock;
  private final AuditTrail trail;
  private final ObjectMapper json;
  private final Provider mail;

  MailServer(
      ConnectorSettings rows, Vault vault, Clock clock, ObjectMapper json, AuditTrail trail) {
    this.rows = rows;
    this.vault = vault;
    this.clock = clock;
    this.trail = trail;
    this.json = json;
    this.mail =
        Provider.all().stream()
            .filter(provider -> provider.id().equals(PROVIDER))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The mail provider is missing"));
  }

  /** The settings for people: {@code configured}, {@code passwordSet} and the fields of the form; never the password. */
  @Transactional(readOnly = true)
  public ObjectNode shown() {
    ObjectNode shown = json.createObjectNode();
    Optional<ConnectorSetting> row = rows.findById(PROVIDER);
    shown.put("configured", row.isPresent());
    shown.put("passwordSet", row.isPresent() && row.get().sealed() != null);
    row.ifPresent(found -> shown.setAll(object(found.settings())));
    return shown;
  }

  /**
   * Replaces the settings. A missing {@code password} keeps the stored one, unless the server or the way to it is another
   * one: a stored password goes to the server that it was entered for, as well protected as then, and nowhere else.
   */
  @Transactional
  public void replace(JsonNode wanted) {
    Optional<ConnectorSetting> before = rows.findById(PROVIDER);
    ObjectNode settings = complete(wanted, before.orElse(null));
    List<Violation> violations =
        mail.check(settings.toString()).stream()
            .map(
                problem ->
                    Violation.of(
                        problem.field(), text(settings, problem.field()), problem.expectation()))
            .toList();
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The mail settings cannot be used", violations);
    }
    String password = text(settings, PASSWORD);
    settings.remove(PASSWORD);
    byte @Nullable [] sealed =
        password == null || password.isEmpty() ? null : vault.seal(password, PURPOSE);
    trail.record(event(before.orElse(null), settings, given(wanted)));
    ConnectorSetting row = before.orElseGet(() -> new ConnectorSetting(PROVIDER));
    row.set(settings.toString(), sealed, clock.instant());
    rows.save(row);
  }

  /** Forgets the server: mails go to the Mailbox again. */
  @Transactional
  public void remove() {
    if (rows.existsById(PROVIDER)) {
      rows.deleteById(PROVIDER);
      trail.record(about("setting.deleted"));
    }
  }

  /** What a change of the settings does to the password. */
  private enum Password {
    KEPT,
    SET,
    REMOVED
  }

  private static Password given(JsonNode wanted) {
    String password = text(wanted, PASSWORD);
    return !wanted.has(PASSWORD)
        ? Password.KEPT
        : password == null || password.isEmpty() ? Password.REMOVED : Password.SET;
  }

  private AuditEvent event(@Nullable ConnectorSetting before, ObjectNode after, Password password) {
    ObjectNode earlier = before == null ? json.createObjectNode() : object(before.settings());
    AuditEvent event = about(before == null ? "setting.created" : "setting.changed");
    for (String field : FIELDS.stream().sorted().toList()) {
      event = event.change(field, text(earlier, field), text(after, field));
    }
    boolean known = before != null && before.sealed() != null;
    return password == Password.KEPT
        ? event
        : event.secret(PASSWORD, known, password == Password.SET);
  }

  private static AuditEvent about(String action) {
    return AuditEvent.of(action, "setting", "mail", "Mail server");
  }

  /** The full settings for the connector; empty when no server is set up. */
  @Transactional(readOnly = true)
  public Optional<Current> current() {
    return rows.findById(PROVIDER)
        .map(
            row -> {
              ObjectNode settings = object(row.settings());
              byte[] sealed = row.sealed();
              if (sealed != null) {
                settings.put(PASSWORD, vault.open(sealed, PURPOSE));
              }
              return new Current(row.version(), settings.toString());
            });
  }

  /** What keeps mails from being sent, such as a password that no key opens; empty when no server is set up. */
  @Transactional(readOnly = true)
  public Optional<List<SettingProblem>> problems() {
    try {
      return current().map(current -> mail.check(current.settings()));
    } catch (VaultException e) {
      return Optional.of(List.of(new SettingProblem(PASSWORD, "the password, entered again")));
    }
  }

  /** The version of the settings; empty when no server is set up. */
  @Transactional(readOnly = true)
  public Optional<Integer> version() {
    return rows.findById(PROVIDER).map(ConnectorSetting::version);
  }

  /** Settings with the password, as JSON. */
  public record Current(int version, String settings) {

    /** Without the settings. */
    @Override
    public String toString() {
      return "Current[version=" + version + "]";
    }
  }

  private ObjectNode complete(JsonNode wanted, @Nullable ConnectorSetting before) {
    if (!wanted.isObject()) {
      throw RefusedException.invalid(
          "The mail settings cannot be used", Violation.of("settings", null, "an object"));
    }
    ObjectNode settings = json.createObjectNode();
    wanted
        .properties()
        .forEach(
            field -> {
              if (FIELDS.contains(field.getKey()) || field.getKey().equals(PASSWORD)) {
                settings.set(field.getKey(), field.getValue());
              } else if (!Set.of("configured", "passwordSet").contains(field.getKey())) {
                throw RefusedException.invalid(
                    "The mail settings cannot be used",
                    Violation.of(
                        field.getKey(),
                        field.getValue().asText(),
                        "no such setting: leave it out"));
              }
            });
    byte[] sealed = before == null ? null : before.sealed();
    if (!settings.has(PASSWORD) && before != null && sealed != null) {
      ObjectNode stored = object(before.settings());
      boolean same =
          same(stored, settings, "host")
              && same(stored, settings, "port")
              && same(stored, settings, "security")
              && same(stored, settings, "username");
      if (!same) {
        throw RefusedException.invalid(
            "The password is needed again",
            Violation.of(
                PASSWORD,
                null,
                "the password for this server, because host, port, security or user name changed"));
      }
      settings.put(PASSWORD, vault.open(sealed, PURPOSE));
    }
    return settings;
  }

  private static boolean same(JsonNode left, JsonNode right, String field) {
    return left.path(field).asText("").equalsIgnoreCase(right.path(field).asText(""));
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  private ObjectNode object(String text) {
    try {
      return (ObjectNode) json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored mail settings cannot be read", e);
    }
  }
}
