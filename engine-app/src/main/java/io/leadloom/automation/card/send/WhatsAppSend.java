package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.connection.Deliveries;
import org.springframework.stereotype.Component;

/** Sends a WhatsApp message to the lead. */
@Component
final class WhatsAppSend implements Card {

  private final ObjectMapper json;

  WhatsAppSend(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String type() {
    return "whatsapp.send";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    return PhoneMessage.action(Deliveries.Channel.WHATSAPP, settings, scope, json);
  }
}
