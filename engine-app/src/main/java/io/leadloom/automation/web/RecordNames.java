package io.leadloom.automation.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.RecordSession;
import io.leadloom.record.Records;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the records of a page are called, read with one query per kind of record. */
@Component
class RecordNames {

  private final Records records;

  RecordNames(Records records) {
    this.records = records;
  }

  /** The names of those records that have one. */
  @Transactional(readOnly = true)
  public Map<RecordRef, String> of(Collection<RecordRef> refs) {
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    refs.forEach(ref -> ids.computeIfAbsent(ref.type(), type -> new HashSet<>()).add(ref.id()));
    RecordSession session = records.open();
    ids.forEach(session::preload);
    Map<RecordRef, String> names = new HashMap<>();
    for (RecordRef ref : refs) {
      session
          .get(ref)
          .map(record -> record.values().get("name"))
          .ifPresent(name -> names.put(ref, name.toString()));
    }
    return names;
  }
}
