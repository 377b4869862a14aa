package io.leadloom.calendar.appointment;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the other side of an appointment is called, as far as somebody may see it. */
@Component
public class Titles {

  private static final List<String> NAMES = List.of("leadName", "name");

  private final Records records;

  Titles(Records records) {
    this.records = records;
  }

  /** The name of a record, or its number where the name is hidden or there is none. */
  public String of(RecordRef ref, Rights rights) {
    return Objects.requireNonNull(of(Set.of(ref), rights).get(ref));
  }

  /** The names of these records, read with one query for each kind. */
  public Map<RecordRef, String> of(Collection<RecordRef> refs, Rights rights) {
    Map<RecordRef, String> names = new HashMap<>();
    Map<EntityType, Set<Long>> ids = new EnumMap<>(EntityType.class);
    for (RecordRef ref : refs) {
      names.put(ref, number(ref));
      ids.computeIfAbsent(ref.type(), type -> new HashSet<>()).add(ref.id());
    }
    ids.forEach(
        (type, some) ->
            records
                .as(rights)
                .find(type, some)
                .forEach(record -> names.put(record.ref(), of(record, rights))));
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
