package io.leadloom.record.index;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which fields an index has of all its records: those that searches may name. Any other field would cost each write its
 * share and never be asked for.
 *
 * @param known all fields that there were when records were read for the index; a field that came later has values only in
 *     records that were read after it came
 * @param kept those of them that it has
 */
record KeptFields(Set<Long> known, Set<Long> kept) {

  private static final String KNOWN = "knownFields";
  private static final String KEPT = "keptFields";

  KeptFields {
    known = Set.copyOf(known);
    kept = Set.copyOf(kept);
  }

  /** Whether searches may name it. */
  static boolean searchable(Field field) {
    return field.system() || field.id() == 0 || field.slot() != null;
  }

  static KeptFields of(EntityType type, Schema schema) {
    Set<Long> known = new TreeSet<>();
    Set<Long> kept = new TreeSet<>();
    for (Field field : schema.fields(type)) {
      known.add(field.id());
      if (searchable(field)) {
        kept.add(field.id());
      }
    }
    return new KeptFields(known, kept);
  }

  /** Whether the index has all values of a field. */
  boolean has(Field field) {
    return field.id() == 0 || kept.contains(field.id()) || !known.contains(field.id());
  }

  /**
   * The same after records have been read by this schema. A field that searches may name only now stays out: records are
   * in the index without it until the index is filled anew.
   */
  KeptFields after(EntityType type, Schema schema) {
    KeptFields now = of(type, schema);
    Set<Long> keeps = new TreeSet<>(now.kept());
    keeps.removeIf(this::lacks);
    if (keeps.equals(kept) && known.containsAll(now.known())) {
      return this;
    }
    Set<Long> all = new TreeSet<>(known);
    all.addAll(now.known());
    return new KeptFields(all, keeps);
  }

  /** Whether searches may name a field that the index has not, so that it is worth filling anew. */
  boolean lacksAny(EntityType type, Schema schema) {
    return of(type, schema).kept().stream().anyMatch(this::lacks);
  }

  private boolean lacks(Long field) {
    return known.contains(field) && !kept.contains(field);
  }

  void write(Map<String, String> state) {
    state.put(KNOWN, text(known));
    state.put(KEPT, text(kept));
  }

  static KeptFields read(Map<String, String> state) {
    return new KeptFields(ids(state, KNOWN), ids(state, KEPT));
  }

  private static String text(Set<Long> ids) {
    return ids.stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static Set<Long> ids(Map<String, String> state, String key) {
    return Arrays.stream(state.getOrDefault(key, "").split(" "))
        .filter(id -> !id.isEmpty())
        .map(Long::valueOf)
        .collect(Collectors.toSet());
  }
}
