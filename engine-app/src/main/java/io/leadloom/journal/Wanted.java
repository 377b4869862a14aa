package io.leadloom.journal;

import io.leadloom.platform.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Which events a consumer wants, by what happened and to which entity. The others are passed by without being read.
 *
 * @param pairs the wanted pairs; all of them means everything
 */
public record Wanted(List<Pair> pairs) {

  /** Something that can happen to an entity. */
  public record Pair(JournalKind kind, EntityType subject) {}

  private static final List<Pair> ALL = pairs((kind, subject) -> true);

  /** Every event. */
  public static final Wanted EVERYTHING = new Wanted(ALL);

  public Wanted {
    pairs = List.copyOf(pairs);
  }

  /** The events that the condition holds for. */
  public static Wanted of(BiPredicate<JournalKind, EntityType> condition) {
    return new Wanted(pairs(condition));
  }

  public boolean everything() {
    return pairs.size() == ALL.size();
  }

  private static List<Pair> pairs(BiPredicate<JournalKind, EntityType> condition) {
    List<Pair> pairs = new ArrayList<>();
    for (JournalKind kind : JournalKind.values()) {
      for (EntityType subject : EntityType.values()) {
        if (condition.test(kind, subject)) {
          pairs.add(new Pair(kind, subject));
        }
      }
    }
    return pairs;
  }
}
