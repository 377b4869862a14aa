package io.leadloom.automation.run;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEvent;
import java.util.List;
import org.springframework.stereotype.Component;

/** Starts and carries on runs for what happens to records. */
@Component
class AutomationConsumer implements JournalConsumer {

  private final RunEngine engine;

  AutomationConsumer(RunEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "automation";
  }

  @Override
  public void handle(List<JournalEvent> events) {
    engine.handle(events);
  }
}
