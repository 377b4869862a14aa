package io.leadloom.automation.card.send;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.journal.JournalEntry;
import io.leadloom.journal.JournalKind;
import io.leadloom.process.ExecutableProcess.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Hands the record over to another automation, and waits for its end when asked to (AUT-062). */
@Component
public final class AutomationSend implements Card {

  /** The longest chain of automations that call each other (AUT-D12). */
  public static final int MOST_CALLS = 5;

  public static final String TYPE = "automation.send";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    String key = settings.required("automation");
    Optional<Long> automation = key.isEmpty() ? Optional.empty() : scope.automation(key);
    if (automation.isEmpty() && !key.isEmpty()) {
      settings.problem("automation", key, "the key of an existing automation");
    }
    boolean waits = settings.flag("wait");
    long id = automation.orElse(0L);
    return run -> {
      List<Long> callers = new ArrayList<>(run.callers());
      callers.add(run.automationId());
      if (callers.contains(id)) {
        return new Outcome.Failed(
            "The automation '" + key + "' is already part of this chain of calls");
      }
      if (callers.size() > MOST_CALLS) {
        return new Outcome.Failed(
            "Automations may call each other at most " + MOST_CALLS + " deep");
      }
      Map<String, String> detail = new HashMap<>();
      detail.put("automation", Long.toString(id));
      detail.put("callers", String.join(",", callers.stream().map(String::valueOf).toList()));
      if (waits) {
        detail.put("parent", run.key());
      }
      run.announce(
          new JournalEntry(
              run.now(),
              JournalKind.START_REQUESTED,
              run.root(),
              run.root(),
              Map.of(),
              detail,
              run.cause()));
      return waits ? Outcome.WAIT : Outcome.DONE;
    };
  }
}
