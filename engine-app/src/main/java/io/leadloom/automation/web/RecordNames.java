package io.leadloom.automation.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Rights;
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
  private final Access access;

  RecordNames(Records records, Access access) {
    this.records = records;
    this.access = access;
  }

  /** The names of those records that have one and that the reader sees. */
  @Transactional(readOnly = true)
  public Map<RecordRef, String> of(Collection<RecordRef> refs) {
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    refs.forEach(ref -> ids.computeIfAbsent(ref.type(), type -> new HashSet<>()).add(ref.id()));
    Rights rights = access.current();
    Records within = records.as(rights);
    Map<RecordRef, String> names = new HashMap<>();
    ids.forEach(
        (type, some) ->
            within
                .find(type, some)
                .forEach(
                    record -> {
                      Object name = record.values().get("name");
                      if (name != null) {
                        names.put(record.ref(), name.toString());
                      }
                    }));
    return names;
  }
}
