package io.leadloom.automation.bulk;

import io.leadloom.automation.message.Composer;
import io.leadloom.automation.message.MessageKind;
import io.leadloom.connection.Deliveries;
import org.springframework.stereotype.Component;

/** Sends a WhatsApp message to many records (ENG-108). */
@Component
final class WhatsAppMany extends SendMany {

  WhatsAppMany(Composer composer, Deliveries deliveries) {
    super(MessageKind.WHATSAPP, "send-whatsapp", composer, deliveries);
  }
}
