package io.leadloom.schema;

import io.leadloom.platform.filter.Operator;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which comparisons fit which type of field (AUT-024 to AUT-029). */
public final class Operators {

  /** Comparisons that need the event that started a run; searches do not have one. */
  public static final Set<Operator> OF_EVENTS =
      Collections.unmodifiableSet(
          EnumSet.of(Operator.CHANGED, Operator.CHANGED_FROM, Operator.CHANGED_TO));

  /** Comparisons that are about the record as a whole and name no field. */
  public static final Set<Operator> WITHOUT_FIELD =
      Collections.unmodifiableSet(
          EnumSet.of(
              Operator.HAS_TAG,
              Operator.HAS_NO_TAG,
              Operator.IN_LIST,
              Operator.NOT_IN_LIST,
              Operator.HAS_ACTIVITY,
              Operator.HAS_NO_ACTIVITY));

  private static final Set<Operator> TEXTS =
      EnumSet.of(
          Operator.EQUALS,
          Operator.NOT_EQUALS,
          Operator.CONTAINS,
          Operator.NOT_CONTAINS,
          Operator.STARTS_WITH,
          Operator.ENDS_WITH,
          Operator.IN,
          Operator.NOT_IN);
  private static final Set<Operator> NUMBERS =
      EnumSet.of(
          Operator.EQUALS,
          Operator.NOT_EQUALS,
          Operator.IN,
          Operator.NOT_IN,
          Operator.BETWEEN,
          Operator.GREATER,
          Operator.GREATER_OR_EQUAL,
          Operator.LESS,
          Operator.LESS_OR_EQUAL);
  private static final Set<Operator> TIMES =
      EnumSet.of(
          Operator.EQUALS,
          Operator.NOT_EQUALS,
          Operator.BETWEEN,
          Operator.GREATER,
          Operator.GREATER_OR_EQUAL,
          Operator.LESS,
          Operator.LESS_OR_EQUAL,
          Operator.BEFORE,
          Operator.AFTER,
          Operator.ON,
          Operator.WITHIN_LAST,
          Operator.WITHIN_NEXT,
          Operator.ON_WEEKDAY);
  private static final Set<Operator> OPTIONS =
      EnumSet.of(Operator.CONTAINS, Operator.NOT_CONTAINS, Operator.IN, Operator.NOT_IN);
  private static final Set<Operator> LINKS =
      EnumSet.of(Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.NOT_IN);
  private static final Set<Operator> BOOLEANS = EnumSet.of(Operator.EQUALS, Operator.NOT_EQUALS);

  private static final Map<FieldType, Set<Operator>> OF_SEARCHES = new EnumMap<>(FieldType.class);
  private static final Map<FieldType, Set<Operator>> OF_CONDITIONS = new EnumMap<>(FieldType.class);

  static {
    for (FieldType type : FieldType.values()) {
      Set<Operator> search = EnumSet.copyOf(ofType(type));
      search.add(Operator.EMPTY);
      search.add(Operator.NOT_EMPTY);
      Set<Operator> condition = EnumSet.copyOf(search);
      condition.addAll(type == FieldType.MULTI_SELECT ? EnumSet.of(Operator.CHANGED) : OF_EVENTS);
      OF_SEARCHES.put(type, Collections.unmodifiableSet(search));
      OF_CONDITIONS.put(type, Collections.unmodifiableSet(condition));
    }
  }

  private Operators() {}

  /** The comparisons that searches, lists and schedule filters may use on a field of this type. */
  public static Set<Operator> ofSearches(FieldType type) {
    return OF_SEARCHES.getOrDefault(type, Set.of());
  }

  /** The comparisons that conditions of automations may use: those of searches and those of events. */
  public static Set<Operator> ofConditions(FieldType type) {
    return OF_CONDITIONS.getOrDefault(type, Set.of());
  }

  private static Set<Operator> ofType(FieldType type) {
    return switch (type) {
      case TEXT, LONG_TEXT, EMAIL, PHONE, URL, DROPDOWN -> TEXTS;
      case WHOLE_NUMBER, DECIMAL, MONEY -> NUMBERS;
      case BOOLEAN -> BOOLEANS;
      case DATE, DATE_TIME -> TIMES;
      case MULTI_SELECT -> OPTIONS;
      case USER, RECORD_LINK -> LINKS;
    };
  }
}
