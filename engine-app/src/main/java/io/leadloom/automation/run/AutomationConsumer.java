package io.leadloom.automation.run;

import io.leadloom.journal.JournalConsumer;
import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.Wanted;
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

  /** Large, because a run's own changes come by as events too: a quarter of a batch are runs at best. */
  @Override
  public int batchSize() {
    return 2_000;
  }

  @Override
  public Wanted wanted() {
    return engine.wanted();
  }

  @Override
  public void handle(List<JournalEvent> events) {
    engine.handle(events);
  }
}
