package io.leadloom.connection.outbox;

import io.leadloom.connection.Carrier;
import io.leadloom.connectors.api.ConnectorFailure;
import io.leadloom.connectors.api.Receipt;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Hands deliveries to the rooms that carry them out themselves. */
@Component
class Carriers {

  private final ObjectProvider<Carrier> carriers;

  Carriers(ObjectProvider<Carrier> carriers) {
    this.carriers = carriers;
  }

  Receipt carry(Claimed delivery) throws ConnectorFailure {
    Carrier carrier =
        carriers.stream()
            .filter(one -> one.channel() == delivery.channel())
            .findFirst()
            .orElseThrow(
                () ->
                    ConnectorFailure.permanent(
                        "Nobody carries deliveries of " + OutboxRows.name(delivery.channel()),
                        null));
    try {
      carrier.carry(delivery.key(), delivery.body());
      return Receipt.TAKEN;
    } catch (Carrier.NotCarried e) {
      String message = String.valueOf(e.getMessage());
      throw e.retryable()
          ? ConnectorFailure.retryAfter(message, e.wish())
          : ConnectorFailure.permanent(message, e);
    }
  }
}
