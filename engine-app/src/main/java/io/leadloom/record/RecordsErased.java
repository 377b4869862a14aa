package io.leadloom.record;

import io.leadloom.platform.EntityType;
import java.util.List;

/**
 * Records are about to be erased for good; published in the transaction that erases them, so that every room takes away
 * what it keeps about them (LEAD-112, ENG-222).
 */
public record RecordsErased(EntityType type, List<Long> ids) {

  public RecordsErased {
    ids = List.copyOf(ids);
  }
}
