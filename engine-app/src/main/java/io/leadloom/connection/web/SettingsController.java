package io.leadloom.connection.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.connection.outbox.OpenConnectors;
import io.leadloom.connection.settings.MailServer;
import io.leadloom.connection.settings.WebhookSecrets;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The mail server, the secrets of webhooks and the forms of the connectors. */
@RestController
@RequestMapping("/api/v1")
class SettingsController {

  private final MailServer mail;
  private final WebhookSecrets secrets;
  private final OpenConnectors connectors;
  private final Clock clock;

  SettingsController(
      MailServer mail, WebhookSecrets secrets, OpenConnectors connectors, Clock clock) {
    this.mail = mail;
    this.secrets = secrets;
    this.connectors = connectors;
    this.clock = clock;
  }

  /** The settings form of a connector, as its provider describes it. */
  record Form(@JsonRawValue @JsonValue String json) {}

  /** A secret to store. */
  record SecretValue(@Nullable String value) {}

  /** Where to send the test mail. */
  record TestMail(@Nullable String to) {}

  /**
   * What became of the test mail.
   *
   * @param way {@code server}, or {@code mailbox} when no server is set up
   */
  record TestResult(boolean delivered, String way, @Nullable String message) {}

  /** The settings forms of all connectors. */
  @GetMapping("/connectors")
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  List<Form> forms() {
    return Provider.all().stream().map(provider -> new Form(provider.form())).toList();
  }

  /** The mail server, without its password. */
  @GetMapping("/settings/mail")
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  ObjectNode mail() {
    return mail.shown();
  }

  /** Sets the mail server. Without {@code password} the stored one stays; an empty one removes it. */
  @PutMapping("/settings/mail")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  ObjectNode setMail(@RequestBody JsonNode settings) {
    mail.replace(settings);
    connectors.refresh();
    return mail.shown();
  }

  /** Forgets the mail server: mails go to the Mailbox again. */
  @DeleteMapping("/settings/mail")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeMail() {
    mail.remove();
    connectors.refresh();
  }

  /** Sends a mail at once through the server that is set up and says what came of it. */
  @PostMapping("/settings/mail/test")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  TestResult testMail(@RequestBody TestMail test) {
    if (test.to() == null || test.to().isBlank()) {
      throw RefusedException.invalid(
          "Nowhere to send to", Violation.of("to", null, "an e-mail address"));
    }
    try {
      Receipt receipt =
          connectors.send(
              new Delivery(
                  "test-mail:" + UUID.randomUUID(),
                  Way.EMAIL,
                  test.to(),
                  "{\"subject\":\"Leadloom can send mail\",\"text\":\"This is the test mail that you asked for.\"}",
                  Map.of(),
                  null,
                  clock.instant()));
      return receipt.shown()
          ? new TestResult(
              false, "mailbox", "No mail server is set up: mails are shown in the Mailbox")
          : new TestResult(true, "server", null);
    } catch (ConnectorFailure failure) {
      return new TestResult(false, "server", failure.getMessage());
    }
  }

  /** The secrets that sign webhooks, without their values. */
  @GetMapping("/settings/webhook-secrets")
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  List<WebhookSecrets.Entry> secrets() {
    return secrets.list();
  }

  /** Sets or replaces a secret; it cannot be read back. */
  @PutMapping("/settings/webhook-secrets/{name}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void setSecret(@PathVariable("name") String name, @RequestBody SecretValue secret) {
    secrets.put(name, secret.value() == null ? "" : secret.value());
  }

  /** Removes a secret. */
  @DeleteMapping("/settings/webhook-secrets/{name}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void removeSecret(@PathVariable("name") String name) {
    secrets.remove(name);
  }
}
