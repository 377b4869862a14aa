package io.leadloom.decision;

import io.leadloom.schema.FieldType;
import io.leadloom.schema.Moment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The fact types of one compilation, holding only the properties that its rules use. */
final class FactModel {

  private static final Set<String> RESERVED =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do double else enum extends"
                  + " final finally float for goto if implements import instanceof int interface long native new"
                  + " package private protected public return short static strictfp super switch synchronized this"
                  + " throw throws transient try void volatile while true false null and or not in exists forall from"
                  + " eval accumulate collect contains excludes matches memberof soundslike str rule when then end query"
                  + " declare global function run card over init action reverse result is empty nil")
              .split(" "));

  private static final Set<String> OF_ACTIVITIES = Set.of("type", "at");

  /**
   * A moment that rules compare with.
   *
   * @param day whether it is compared as a day
   * @param shift days to add
   */
  record Time(String name, Moment moment, boolean day, int shift) {}

  private final Map<FactKind, Map<String, Property>> properties = new EnumMap<>(FactKind.class);
  private final Map<FactKind, Set<String>> cards = new EnumMap<>(FactKind.class);
  private final Map<String, Time> times = new LinkedHashMap<>();

  FactModel() {
    use(FactKind.LEAD);
  }

  /** Declares the kind, even when no property of it is used. */
  void use(FactKind kind) {
    properties.computeIfAbsent(kind, k -> new LinkedHashMap<>());
  }

  /** Declares the kind for a card's own fact. */
  void use(FactKind kind, String card) {
    use(kind);
    cards.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(card);
  }

  /** The property that holds this aspect of the field, declared when it is new. */
  Property property(FactKind kind, String key, Property.Aspect aspect, FieldType type) {
    use(kind);
    Map<String, Property> ofKind = properties.getOrDefault(kind, Map.of());
    for (Property property : ofKind.values()) {
      if (property.key().equals(key) && property.aspect() == aspect && property.type() == type) {
        return property;
      }
    }
    String name = nameOf(key) + aspect.suffix();
    while (ofKind.containsKey(name)
        || (kind == FactKind.ACTIVITY && OF_ACTIVITIES.contains(name))) {
      name = name + "_";
    }
    Property property = new Property(name, key, aspect, type);
    ofKind.put(name, property);
    return property;
  }

  /** The variable that a moment is bound to in rules. */
  Time time(Moment moment, boolean day, int shift) {
    use(FactKind.TIMES);
    for (Time time : times.values()) {
      if (time.moment().equals(moment) && time.day() == day && time.shift() == shift) {
        return time;
      }
    }
    String base = day ? "day" + capitalised(describe(moment)) : describe(moment);
    String name = shift == 0 ? base : base + (shift > 0 ? "Plus" : "Minus") + Math.abs(shift);
    Set<String> taken = new HashSet<>(times.keySet());
    while (taken.contains(name)) {
      name = name + "_";
    }
    Time time = new Time(name, moment, day, shift);
    times.put(name, time);
    return time;
  }

  private static String describe(Moment moment) {
    if (moment instanceof Moment.FromNow now) {
      return now.amount() == 0 ? "now" : "now" + relative(now.amount(), now.unit().name());
    }
    if (moment instanceof Moment.FromToday today) {
      String base =
          today.amount() == 0 ? "today" : "today" + relative(today.amount(), today.unit().name());
      return today.furtherDays() == 0 ? base : "endOf" + capitalised(base);
    }
    String digits =
        moment instanceof Moment.Exact exact
            ? exact.at().toString()
            : moment instanceof Moment.Local local
                ? local.at().toString()
                : ((Moment.Day) moment).on().toString();
    return "at" + digits.replaceAll("[^0-9TZ]", "_");
  }

  private static String relative(long amount, String unit) {
    return (amount < 0 ? "Minus" : "Plus")
        + Math.abs(amount)
        + capitalised(unit.toLowerCase(Locale.ROOT));
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A legal name for the field in rules: its key wherever that is one. */
  static String nameOf(String key) {
    String name = key.startsWith("#") ? key.substring(1) : key.replaceAll("[^A-Za-z0-9_]", "_");
    boolean awkward =
        name.isEmpty()
            || !Character.isLowerCase(name.charAt(0))
            || (name.length() > 1 && Character.isUpperCase(name.charAt(1)));
    if (awkward) {
      return "_" + name;
    }
    return RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? name + "_" : name;
  }

  boolean uses(FactKind kind) {
    return properties.containsKey(kind);
  }

  List<Property> properties(FactKind kind) {
    return List.copyOf(properties.getOrDefault(kind, Map.of()).values());
  }

  Set<String> cards(FactKind kind) {
    return cards.getOrDefault(kind, Set.of());
  }

  List<Time> times() {
    return List.copyOf(times.values());
  }

  /** The declarations of all fact types, as DRL. */
  String declarations() {
    StringBuilder drl = new StringBuilder();
    for (FactKind kind : properties.keySet()) {
      List<String> lines = new ArrayList<>();
      if (kind == FactKind.TIMES) {
        times
            .values()
            .forEach(
                time ->
                    lines.add(
                        time.name()
                            + " : "
                            + (time.day() ? "java.time.LocalDate" : "java.time.Instant")));
      } else {
        lines.add("run : int");
        if (kind == FactKind.CREATED_TASK || kind == FactKind.WEBHOOK_RESPONSE) {
          lines.add("card : String");
        }
        if (kind == FactKind.ACTIVITY) {
          lines.add("type : String");
          lines.add("at : java.time.Instant");
        }
        properties(kind)
            .forEach(property -> lines.add(property.name() + " : " + property.javaType()));
      }
      drl.append("declare ").append(kind.typeName()).append('\n');
      lines.forEach(line -> drl.append("  ").append(line).append('\n'));
      drl.append("end\n\n");
    }
    return drl.toString();
  }
}
