package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.MergeText;
import io.leadloom.connection.Deliveries;
import io.leadloom.process.ExecutableProcess.Outcome;

/** A short text to the phone of the run's record. Nothing is sent to one that asked for no texts. */
final class PhoneMessage {

  private PhoneMessage() {}

  static Card.Action action(
      Deliveries.Channel channel, CardSettings settings, CardScope scope, ObjectMapper json) {
    settings.required("text");
    MergeText text = MergeText.read(settings, "text", scope);
    scope.need(CardScope.Need.CONTACT);
    return run -> {
      String phone = Sending.address(run, "phone");
      if (phone == null) {
        run.note("Not sent: there is no phone number");
        return Outcome.DONE;
      }
      if (Sending.refuses(run, "doNotText")) {
        run.note("Not sent: the " + run.root().type().key() + " asked not to be texted");
        return Outcome.DONE;
      }
      String body = json.createObjectNode().put("text", text.render(run)).toString();
      run.deliver(Sending.message(run, run.key(), channel, phone, body));
      run.note("To " + phone);
      return Outcome.DONE;
    };
  }
}
