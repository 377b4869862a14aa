package io.leadloom.automation.bulk;

import io.leadloom.automation.message.Composer;
import io.leadloom.automation.message.MessageKind;
import io.leadloom.connection.Deliveries;
import org.springframework.stereotype.Component;

/** Mails many records, with the signature of whoever ordered it below each (ENG-108, SET-043). */
@Component
final class MailMany extends SendMany {

  MailMany(Composer composer, Deliveries deliveries) {
    super(MessageKind.EMAIL, "send-email", composer, deliveries);
  }
}
