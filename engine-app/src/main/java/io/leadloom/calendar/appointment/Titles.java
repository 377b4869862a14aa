package io.leadloom.calendar.appointment;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.FormerRecords;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the other side of an appointment is called, as far as somebody may see it. */
@Component
public class Titles {

  private static final List<String> NAMES = List.of("leadName", "name");

  private final Records records;
  private final FormerRecords former;

  Titles(Records records, FormerRecords former) {
    this.records = records;
    this.former = former;
  }

  /** The name of a record, or its number where the name is hidden or there is none. */
  public String of(RecordRef ref, Rights rights) {
    return of(Set.of(ref), rights).getOrDefault(ref, number(ref));
  }

  /**
   * The names of those of these records that somebody may see, read with one query for each kind; what was merged has the
   * name of what stands for it.
   */
  public Map<RecordRef, String> of(Collection<RecordRef> refs, Rights rights) {
    Map<RecordRef, RecordRef> survivors = former.survivors(refs);
    Map<RecordRef, String> seen = new HashMap<>();
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    for (RecordRef ref : refs) {
      RecordRef present = survivors.getOrDefault(ref, ref);
      ids.computeIfAbsent(present.type(), type -> new HashSet<>()).add(present.id());
    }
    ids.forEach(
        (type, some) ->
            records
                .as(rights)
                .find(type, some)
                .forEach(record -> seen.put(record.ref(), of(record, rights))));
    Map<RecordRef, String> names = new HashMap<>();
    for (RecordRef ref : refs) {
      String name = seen.get(survivors.getOrDefault(ref, ref));
      if (name != null) {
        names.put(ref, name);
      }
    }
    return names;
  }

  private static String of(Record record, Rights rights) {
    EntityType type = record.ref().type();
    for (String key : NAMES) {
      String name = record.values().text(key);
      boolean hidden =
          rights.hides(type, key)
              || key.equals("name")
                  && (rights.hides(type, "firstName") || rights.hides(type, "lastName"));
      if (name != null && !name.isBlank() && !hidden) {
        return name;
      }
    }
    return number(record.ref());
  }

  private static String number(RecordRef ref) {
    String kind = ref.type().key();
    return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + " " + ref.id();
  }
}
