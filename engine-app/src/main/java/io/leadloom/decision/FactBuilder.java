package io.leadloom.decision;

import io.leadloom.decision.FactModel.Time;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what a run can look at into facts of the declared types. */
final class FactBuilder {

  /** One fact to build per run. */
  private record Slot(FactKind kind, @Nullable String card) {}

  private final FactModel model;
  private final FactTypes types;
  private final Set<String> activityTypes;
  private final List<Slot> slots = new ArrayList<>();

  FactBuilder(FactModel model, FactTypes types, Set<String> activityTypes) {
    this.model = model;
    this.types = types;
    this.activityTypes = activityTypes;
    for (FactKind kind : FactKind.values()) {
      boolean ofCards = kind == FactKind.CREATED_TASK || kind == FactKind.WEBHOOK_RESPONSE;
      if (!model.uses(kind) || kind == FactKind.TIMES || kind == FactKind.ACTIVITY) {
        continue;
      }
      if (ofCards) {
        model.cards(kind).forEach(card -> slots.add(new Slot(kind, card)));
      } else {
        slots.add(new Slot(kind, null));
      }
    }
  }

  /** The resolved moments of this evaluation. */
  void times(Instant now, ZoneId zone, List<Object> facts) {
    List<Time> times = model.times();
    if (times.isEmpty()) {
      return;
    }
    Object[] values = new Object[times.size()];
    for (int i = 0; i < values.length; i++) {
      Time time = times.get(i);
      values[i] =
          time.day()
              ? time.moment().day(now, zone).plusDays(time.shift())
              : time.moment().instant(now, zone);
    }
    facts.add(types.make(FactKind.TIMES, values));
  }

  /** Adds the facts of one run and keeps their values for showing. */
  Built build(int run, Facts source, KeptForms kept, ZoneId zone, List<Object> facts) {
    Built built = new Built();
    for (Slot slot : slots) {
      Object[] row = row(run, slot, source, kept, zone, built);
      facts.add(types.make(slot.kind(), row));
    }
    if (model.uses(FactKind.ACTIVITY)) {
      List<Property> properties = model.properties(FactKind.ACTIVITY);
      for (Facts.PastActivity activity : source.activities()) {
        if (activityTypes.contains(activity.type())) {
          built.activities.merge(activity.type(), 1L, Long::sum);
          facts.add(types.make(FactKind.ACTIVITY, activity(run, activity, properties, zone)));
        }
      }
    }
    return built;
  }

  private Object[] row(int run, Slot slot, Facts source, KeptForms kept, ZoneId zone, Built built) {
    List<Property> properties = model.properties(slot.kind());
    int offset = slot.card() == null ? 1 : 2;
    Object[] row = new Object[properties.size() + offset];
    row[0] = run;
    if (slot.card() != null) {
      row[1] = slot.card();
    }
    Criterion.Source from = slot.kind().source();
    Values found = from == null ? null : source.values(from, slot.card());
    Values values = found == null ? RuleConditions.NOTHING : found;
    Object[] shown = new Object[properties.size()];
    for (int i = 0; i < shown.length; i++) {
      Property property = properties.get(i);
      row[i + offset] = value(slot.kind(), property, values, source, kept, zone);
      shown[i] = property.showsField() ? values.get(property.key()) : row[i + offset];
    }
    built.rows.put(slot, shown);
    return row;
  }

  private static @Nullable Object value(
      FactKind kind, Property property, Values values, Facts source, KeptForms kept, ZoneId zone) {
    Criterion.Source from = kind.source();
    switch (property.aspect()) {
      case TAGS -> {
        return source.tags();
      }
      case LISTS -> {
        return source.lists();
      }
      case CHANGED, BEFORE, AFTER -> {
        Facts.Change change = from == null ? null : source.change(from, property.key());
        if (property.aspect() == Property.Aspect.CHANGED) {
          return change != null;
        }
        if (change == null) {
          return null;
        }
        Object value =
            property.aspect() == Property.Aspect.BEFORE ? change.before() : change.after();
        return property.of(kept.of(kind, property, value), zone);
      }
      default -> {
        return property.of(kept.of(kind, property, values.get(property.key())), zone);
      }
    }
  }

  private static Object[] activity(
      int run, Facts.PastActivity activity, List<Property> properties, ZoneId zone) {
    Object[] row = new Object[properties.size() + 3];
    row[0] = run;
    row[1] = activity.type();
    row[2] = activity.at();
    for (int i = 0; i < properties.size(); i++) {
      row[i + 3] = properties.get(i).of(activity.values().get(properties.get(i).key()), zone);
    }
    return row;
  }

  /** The values of one run's facts. */
  final class Built {

    private final Map<Slot, Object[]> rows = new HashMap<>();
    private final Map<String, Long> activities = new HashMap<>();

    /** The value that a condition looked at. */
    @Nullable Object value(Uses.Shown shown) {
      Property property = shown.property();
      if (property == null) {
        return shown.activityType() == null
            ? activities.values().stream().mapToLong(Long::longValue).sum()
            : activities.getOrDefault(shown.activityType(), 0L);
      }
      Object[] row = rows.get(new Slot(shown.kind(), shown.card()));
      int at = model.properties(shown.kind()).indexOf(property);
      return row == null || at < 0 ? null : row[at];
    }
  }
}
