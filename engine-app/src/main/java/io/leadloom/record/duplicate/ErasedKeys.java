package io.leadloom.record.duplicate;

import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordsErased;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes records that are erased for good out of their groups when their way into the trash has not been read yet: nobody
 * would know of their keys afterwards.
 */
@Component
class ErasedKeys {

  private final MatchRules rules;
  private final MatchRows rows;
  private final DuplicateUpkeep upkeep;

  ErasedKeys(MatchRules rules, MatchRows rows, DuplicateUpkeep upkeep) {
    this.rules = rules;
    this.rows = rows;
    this.upkeep = upkeep;
  }

  @EventListener
  void erased(RecordsErased erased) {
    EntityType type = erased.type();
    if (MatchRules.COMPARED.contains(type) && rows.any(type, erased.ids())) {
      upkeep.compare(
          type, erased.ids(), rules.lock().stream().filter(rule -> rule.entity() == type).toList());
      rows.forget(type, erased.ids());
    }
  }
}
