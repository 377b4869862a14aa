package io.leadloom.record;

import io.leadloom.platform.EntityType;
import java.util.List;

/**
 * Records are about to be erased for good; published in the transaction that erases them, so that every room takes away
 * what it keeps about them (LEAD-112, ENG-222).
 *
 * @param deals the opportunities of leads and contacts, which stay: what was sent and told about these speaks of them
 */
public record RecordsErased(EntityType type, List<Long> ids, List<Long> deals) {

  public RecordsErased {
    ids = List.copyOf(ids);
    deals = List.copyOf(deals);
  }

  public RecordsErased(EntityType type, List<Long> ids) {
    this(type, ids, List.of());
  }
}
