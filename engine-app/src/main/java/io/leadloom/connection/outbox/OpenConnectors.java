package io.leadloom.connection.outbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.connection.settings.MailServer;
import io.leadloom.connection.settings.WebhookSecrets;
import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connectors in use: one for webhooks, and for mail the server that is set up, otherwise the test provider. */
@Component
public class OpenConnectors {

  private final CamelContext camel;
  private final WebhookSecrets secrets;
  private final MailServer mailServer;
  private final Map<String, Provider> providers;
  private final String webhookSettings;
  private final boolean shows;
  private @Nullable Opened webhook;
  private @Nullable Opened test;
  private @Nullable Opened mail;
  private Optional<Integer> mailVersion = Optional.empty();
  private boolean mailKnown;

  OpenConnectors(
      CamelContext camel,
      WebhookSecrets secrets,
      MailServer mailServer,
      WebhookSettings webhooks,
      OutgoingSettings outgoing,
      DeliverySettings deliveries,
      ObjectMapper json) {
    this.camel = camel;
    this.secrets = secrets;
    this.mailServer = mailServer;
    this.shows = outgoing.testProvider();
    this.providers =
        Provider.all().stream().collect(Collectors.toMap(Provider::id, Function.identity()));
    this.webhookSettings =
        json.createObjectNode()
            .put("protection", webhooks.protection())
            .put("timeoutMillis", webhooks.timeout().toMillis())
            .put("perHost", deliveries.perLane())
            .put("connections", deliveries.threads())
            .<ObjectNode>set("ports", json.valueToTree(webhooks.ports()))
            .<ObjectNode>set("allowedNetworks", json.valueToTree(outgoing.allowedNetworks()))
            .toString();
  }

  /** Sends through the connector of the delivery's way. */
  public Receipt send(Delivery delivery) throws ConnectorFailure {
    Opened opened = enter(delivery.way());
    try {
      return opened.connector.send(delivery);
    } finally {
      opened.leave();
    }
  }

  /** Looks whether the mail server's settings have changed, here or on another node. */
  public void refresh() {
    Optional<Integer> version = mailServer.version();
    synchronized (this) {
      if (mailKnown && version.equals(mailVersion)) {
        return;
      }
    }
    Optional<MailServer.Current> current = mailServer.current();
    Opened fresh = current.map(settings -> open("mail", settings.settings())).orElse(null);
    Opened old;
    synchronized (this) {
      old = mail;
      mail = fresh;
      mailVersion = current.map(MailServer.Current::version);
      mailKnown = true;
    }
    if (old != null) {
      old.leave();
    }
  }

  /** Closes all connectors once nothing is on its way any more. */
  void close() {
    Opened[] all;
    synchronized (this) {
      all = new Opened[] {webhook, test, mail};
      webhook = null;
      test = null;
      mail = null;
      mailKnown = false;
    }
    for (Opened opened : all) {
      if (opened != null) {
        opened.leave();
      }
    }
  }

  private Opened enter(Way way) throws ConnectorFailure {
    boolean known;
    synchronized (this) {
      known = mailKnown || way != Way.EMAIL;
    }
    if (!known) {
      refresh();
    }
    synchronized (this) {
      Opened opened =
          switch (way) {
            case WEBHOOK -> webhook();
            case EMAIL -> mail != null ? mail : test(way);
            case SMS, WHATSAPP -> test(way);
          };
      opened.uses.incrementAndGet();
      return opened;
    }
  }

  private Opened webhook() {
    Opened opened = webhook;
    if (opened == null) {
      opened = open("webhook", webhookSettings);
      webhook = opened;
    }
    return opened;
  }

  private Opened test(Way way) throws ConnectorFailure {
    if (!shows) {
      throw ConnectorFailure.permanent("No provider is set up for " + way, null);
    }
    Opened opened = test;
    if (opened == null) {
      opened = open("testprovider", "{}");
      test = opened;
    }
    return opened;
  }

  private Opened open(String provider, String settings) {
    Provider found = providers.get(provider);
    if (found == null) {
      throw new IllegalStateException("The provider " + provider + " is missing");
    }
    return new Opened(found.open(camel, secrets::find, settings));
  }

  /** A connector that closes when it has been replaced and its last delivery is through. */
  private static final class Opened {

    private final Connector connector;
    private final AtomicInteger uses = new AtomicInteger(1);

    Opened(Connector connector) {
      this.connector = connector;
    }

    void leave() {
      if (uses.decrementAndGet() == 0) {
        connector.close();
      }
    }
  }
}
