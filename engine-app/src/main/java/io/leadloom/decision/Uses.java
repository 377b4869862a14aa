package io.leadloom.decision;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a condition, or all conditions of a version, look at. */
final class Uses {

  /**
   * One value that the history of a run shows.
   *
   * @param activityType for {@link FactKind#ACTIVITY}: the type that is counted; null for all
   */
  record Shown(
      String name,
      FactKind kind,
      @Nullable String card,
      @Nullable Property property,
      @Nullable String activityType) {}

  private final Map<Criterion.Source, Set<String>> fields = new EnumMap<>(Criterion.Source.class);
  private final Set<String> reads = new TreeSet<>();
  private final Set<Shown> shown = new LinkedHashSet<>();
  private final Set<String> activityTypes = new TreeSet<>();
  private boolean tags;
  private boolean lists;
  private int activityDays;

  /** Notes that a field of a fact is looked at. */
  void field(FactKind kind, @Nullable String card, Property property) {
    String key = property.key();
    if (property.aspect() == Property.Aspect.TAGS) {
      tags = true;
      reads.add("#tags");
    } else if (property.aspect() == Property.Aspect.LISTS) {
      lists = true;
      reads.add("#lists");
    } else {
      Criterion.Source source = kind.source();
      if (source != null && !property.aspect().ofEvent()) {
        fields.computeIfAbsent(source, s -> new TreeSet<>()).add(key);
      }
      reads.add(
          switch (kind) {
            case LEAD -> key;
            case ACTIVITY -> "#activities";
            default -> kind.shownName() + "." + key;
          });
    }
    if (kind != FactKind.ACTIVITY) {
      String suffix =
          switch (property.aspect()) {
            case CHANGED -> ".changed";
            case BEFORE -> ".before";
            case AFTER -> ".after";
            default -> "";
          };
      String middle = card == null ? "." : "." + card + ".";
      String field = key.startsWith("#") ? key.substring(1) : key;
      shown.add(new Shown(kind.shownName() + middle + field + suffix, kind, card, property, null));
    }
  }

  /** Notes that the activities of the lead are looked at. */
  void activities(Set<String> types, @Nullable String onlyType, int days) {
    activityTypes.addAll(types);
    activityDays = activityDays < 0 || days < 0 ? -1 : Math.max(activityDays, days);
    reads.add("#activities");
    shown.add(
        new Shown(
            FactKind.ACTIVITY.shownName() + "." + (onlyType == null ? "count" : onlyType),
            FactKind.ACTIVITY,
            null,
            null,
            onlyType));
  }

  /** How many days a period reaches at most; months and years are taken long. */
  static int days(Criterion.@Nullable Within within) {
    if (within == null) {
      return -1;
    }
    long days =
        switch (within.unit()) {
          case MINUTES -> Duration.ofMinutes(within.amount()).toDays() + 1;
          case HOURS -> Duration.ofHours(within.amount()).toDays() + 1;
          case DAYS -> within.amount() + 1;
          case WEEKS -> within.amount() * 7 + 1;
          case MONTHS -> within.amount() * 31 + 1;
          case YEARS -> within.amount() * 366 + 1;
        };
    return (int) Math.min(days, 1_000_000);
  }

  static boolean isPeriod(Criterion.Within within) {
    return within.amount() >= 1 && within.amount() <= 99_999;
  }

  void addAll(Uses other) {
    other.fields.forEach(
        (source, keys) -> fields.computeIfAbsent(source, s -> new TreeSet<>()).addAll(keys));
    tags |= other.tags;
    lists |= other.lists;
    if (!other.activityTypes.isEmpty()) {
      activityTypes.addAll(other.activityTypes);
      activityDays =
          activityDays < 0 || other.activityDays < 0
              ? -1
              : Math.max(activityDays, other.activityDays);
    }
  }

  Set<String> reads() {
    return Set.copyOf(reads);
  }

  List<Shown> shown() {
    return new ArrayList<>(shown);
  }

  Conditions.Needs needs() {
    Map<Criterion.Source, Set<String>> copy = new EnumMap<>(Criterion.Source.class);
    fields.forEach((source, keys) -> copy.put(source, Set.copyOf(keys)));
    return new Conditions.Needs(copy, tags, lists, Set.copyOf(activityTypes), activityDays);
  }
}
