package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.record.RecordCommand;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Takes tags off the run's record (AUT-055). */
@Component
final class TagRemove implements Card {

  @Override
  public String type() {
    return "tag.remove";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    List<String> tags = settings.texts("tags");
    if (tags.isEmpty()) {
      settings.problem("tags", null, "at least one tag");
    }
    scope.need(CardScope.Need.TAGS);
    Set<String> set = Set.copyOf(tags);
    return run -> run.change(new RecordCommand.RemoveTags(run.root(), set));
  }
}
