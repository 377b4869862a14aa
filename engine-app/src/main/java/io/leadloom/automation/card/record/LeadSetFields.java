package io.leadloom.automation.card.record;

import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.SetFields;
import io.leadloom.platform.EntityType;
import org.springframework.stereotype.Component;

/** Sets fields of the run's lead (AUT-056). */
@Component
final class LeadSetFields implements Card {

  @Override
  public String type() {
    return "lead.set-fields";
  }

  @Override
  public Action prepare(CardSettings settings, CardScope scope) {
    return SetFields.action(EntityType.LEAD, settings, scope);
  }
}
