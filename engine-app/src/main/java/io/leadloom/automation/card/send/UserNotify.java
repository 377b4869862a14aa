package io.leadloom.automation.card.send;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.MergeText;
import io.leadloom.automation.card.People;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.process.ExecutableProcess.Outcome;
import org.springframework.stereotype.Component;

/** Tells a sales user by mail and by a notice in the app (AUT-058). */
@Component
final class UserNotify implements Card {

  private final ObjectMapper json;

  UserNotify(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public String type() {
    return "user.notify";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String to = People.check(settings, "to", scope);
    settings.required("subject");
    MergeText subject = MergeText.read(settings, "subject", scope);
    MergeText text = MergeText.read(settings, "text", scope);
    return run -> {
      Users.Person person = People.find(to, run);
      if (person == null) {
        run.note("Nobody to notify: the record has no active owner");
        return Outcome.DONE;
      }
      String title = subject.render(run);
      String body = text.render(run);
      run.notify(person.id(), title, body);
      if (person.email() != null && !person.email().isBlank()) {
        String mail = json.createObjectNode().put("subject", title).put("text", body).toString();
        run.deliver(
            Sending.message(run, run.key(), Deliveries.Channel.EMAIL, person.email(), mail));
      }
      run.note("Told " + person.name());
      return Outcome.DONE;
    };
  }
}
