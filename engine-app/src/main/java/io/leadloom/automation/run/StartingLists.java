package io.leadloom.automation.run;

import io.leadloom.automation.definition.PublishedAutomations;
import io.leadloom.automation.trigger.TriggerIndex;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.record.SmartListDemand;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The smart lists on which published automations start: their members are kept. */
@Component
class StartingLists implements SmartListDemand {

  private final PublishedAutomations published;

  StartingLists(PublishedAutomations published) {
    this.published = published;
  }

  @Override
  public Set<Long> lists() {
    TriggerIndex index = published.current().index();
    Set<Long> lists = new HashSet<>();
    for (TriggerType type : List.of(TriggerType.LIST_ENTERED, TriggerType.LIST_LEFT)) {
      for (TriggerIndex.Starter starter : index.of(type)) {
        String list = starter.trigger().list();
        if (list != null) {
          lists.add(Long.valueOf(list));
        }
      }
    }
    return lists;
  }
}
