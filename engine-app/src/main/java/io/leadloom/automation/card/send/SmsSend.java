package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.connection.Deliveries;
import org.springframework.stereotype.Component;

/** Sends an SMS to the lead (AUT-048). */
@Component
final class SmsSend implements Card {

  private final ObjectMapper json;

  SmsSend(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String type() {
    return "sms.send";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    return PhoneMessage.action(Deliveries.Channel.SMS, settings, scope, json);
  }
}
