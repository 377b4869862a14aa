package io.leadloom.automation.bulk;

import io.leadloom.automation.message.Composer;
import io.leadloom.automation.message.MessageKind;
import io.leadloom.connection.Deliveries;
import org.springframework.stereotype.Component;

/** Sends an SMS to many records (ENG-108, ENG-E13). */
@Component
final class SmsMany extends SendMany {

  SmsMany(Composer composer, Deliveries deliveries) {
    super(MessageKind.SMS, "send-sms", composer, deliveries);
  }
}
