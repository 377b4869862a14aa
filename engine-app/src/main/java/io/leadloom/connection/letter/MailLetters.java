package io.leadloom.connection.letter;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connection.mailbox.Mailbox;
import io.leadloom.connection.outbox.OpenConnectors;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Delivery;
import io.leadloom.connectors.api.Receipt;
import io.leadloom.connectors.api.Way;
import io.leadloom.identity.Letters;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends letters through the connector that mails of automations take, but past the outbox: its rows and their contents
 * are there to be read, and a letter holds a link that opens an account.
 */
@Component
class MailLetters implements Letters {

  private static final Logger LOG = LoggerFactory.getLogger(MailLetters.class);
  private static final int TRIES = 3;

  private final OpenConnectors connectors;
  private final Mailbox mailbox;
  private final TransactionTemplate transaction;
  private final ObjectMapper json;
  private final Clock clock;

  MailLetters(
      OpenConnectors connectors,
      Mailbox mailbox,
      TransactionTemplate transaction,
      ObjectMapper json,
      Clock clock) {
    this.connectors = connectors;
    this.mailbox = mailbox;
    this.transaction = transaction;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public boolean send(Letter letter) {
    String body =
        json.createObjectNode()
            .put("subject", letter.subject())
            .put("text", letter.text())
            .toString();
    connectors.refresh();
    for (int attempt = 1; ; attempt++) {
      try {
        Receipt receipt =
            connectors.send(
                new Delivery(
                    letter.key(), Way.EMAIL, letter.to(), body, Map.of(), null, clock.instant()));
        if (receipt.shown()) {
          transaction.executeWithoutResult(status -> mailbox.keep(List.of(message(letter))));
        }
        return true;
      } catch (ConnectorFailure failure) {
        LOG.warn("A letter was not taken at attempt {}: {}", attempt, failure.getMessage());
        if (!failure.isRetryable() || attempt == TRIES || !pause(attempt)) {
          return false;
        }
      }
    }
  }

  private static boolean pause(int attempt) {
    try {
      TimeUnit.SECONDS.sleep(2L * attempt);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Mailbox.Message message(Letter letter) {
    return new Mailbox.Message(
        0,
        letter.key(),
        Channel.EMAIL,
        null,
        letter.to(),
        letter.subject(),
        letter.text(),
        "",
        clock.instant());
  }
}
