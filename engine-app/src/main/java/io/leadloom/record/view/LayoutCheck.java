package io.leadloom.record.view;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a layout may be: each thing that does not do is refused with a message of its own (PLT-D10). */
final class LayoutCheck {

  /** What Metric Sections take (PLT-035). */
  private static final Set<FieldType> NUMBERS =
      EnumSet.of(FieldType.WHOLE_NUMBER, FieldType.DECIMAL, FieldType.MONEY);

  private static final Pattern KEY = Pattern.compile("tab-[a-z0-9]{1,36}");
  private static final int MOST_PROPERTIES = 200;
  private static final int MOST_TABS = 20;
  private static final int MOST_TYPES = 100;
  private static final int LONGEST_NAME = 60;

  private final Schema schema;
  private final @Nullable LeadLayout before;

  /**
   * @param before what stood there; what of it has vanished since is left out and not refused
   */
  LayoutCheck(Schema schema, @Nullable LeadLayout before) {
    this.schema = schema;
    this.before = before;
  }

  /** Whether a field can be a metric. */
  static boolean number(Field field) {
    return NUMBERS.contains(field.type());
  }

  LeadLayout checked(WantedLayout wanted) {
    List<String> metrics = fields("metrics", wanted.metrics(), List.of());
    if (metrics.size() > LeadLayout.MOST_METRICS) {
      throw refused(
          "metrics",
          metrics.size(),
          "at most " + LeadLayout.MOST_METRICS + " fields in the Metric Section");
    }
    for (String key : metrics) {
      Field field = schema.field(EntityType.LEAD, key).orElseThrow();
      if (!number(field)) {
        throw refused(
            "metrics", key, "fields that hold a number; " + field.label() + " is not one");
      }
    }
    List<String> properties =
        fields("properties", wanted.properties(), LeadLayout.STANDARD.properties());
    if (properties.size() > MOST_PROPERTIES) {
      throw refused("properties", properties.size(), "at most " + MOST_PROPERTIES + " fields");
    }
    List<LeadTab> tabs = tabs(wanted.tabs());
    String first = tabs.get(0).key();
    String chosen = Objects.requireNonNullElse(wanted.defaultTab(), first);
    if (tabs.stream().noneMatch(tab -> tab.key().equals(chosen))) {
      throw refused("defaultTab", chosen, "one of the selected tabs");
    }
    List<String> buttons = actions("buttons", wanted.buttons(), LeadLayout.STANDARD.buttons());
    if (buttons.size() > LeadLayout.MOST_BUTTONS) {
      throw refused(
          "buttons", buttons.size(), "at most " + LeadLayout.MOST_BUTTONS + " action buttons");
    }
    List<String> dropdown = actions("dropdown", wanted.dropdown(), LeadLayout.STANDARD.dropdown());
    for (String action : dropdown) {
      if (buttons.contains(action)) {
        throw refused("dropdown", action, "actions that are not among the buttons");
      }
    }
    return new LeadLayout(metrics, properties, tabs, chosen, buttons, dropdown);
  }

  private static RefusedException refused(String field, @Nullable Object value, String expected) {
    return RefusedException.invalid(
        "The details view does not do", Violation.of(field, value, expected));
  }

  private static <T> Set<T> once(String field, List<@Nullable T> wanted) {
    Set<T> once = new LinkedHashSet<>();
    for (T each : wanted) {
      if (each == null) {
        throw refused(field, null, "no empty entries");
      }
      once.add(each);
    }
    return once;
  }

  private List<String> fields(
      String part, @Nullable List<@Nullable String> wanted, List<String> usual) {
    List<String> kept = new ArrayList<>();
    for (String key : once(part, wanted == null ? List.copyOf(usual) : wanted)) {
      Field field = schema.field(EntityType.LEAD, key).orElse(null);
      if (field != null) {
        kept.add(field.key());
      } else if (wanted != null && !stood(key)) {
        throw refused(part, key, "fields of leads");
      }
    }
    return kept.stream().distinct().toList();
  }

  private boolean stood(String key) {
    return before != null && (before.metrics().contains(key) || before.properties().contains(key));
  }

  private static List<String> actions(
      String part, @Nullable List<@Nullable String> wanted, List<String> usual) {
    Set<String> actions = once(part, wanted == null ? List.copyOf(usual) : wanted);
    for (String action : actions) {
      if (!LeadLayout.ACTIONS.contains(action)) {
        throw refused(part, action, "actions such as " + String.join(", ", LeadLayout.ACTIONS));
      }
    }
    return List.copyOf(actions);
  }

  private List<LeadTab> tabs(@Nullable List<@Nullable WantedTab> wanted) {
    if (wanted == null) {
      return LeadLayout.STANDARD.tabs();
    }
    if (wanted.isEmpty() || wanted.size() > MOST_TABS) {
      throw refused("tabs", wanted.size(), "1 to " + MOST_TABS + " tabs");
    }
    Set<String> keys = new HashSet<>();
    List<LeadTab> tabs = new ArrayList<>();
    for (WantedTab each : once("tabs", wanted)) {
      LeadTab tab = tab(each);
      if (!keys.add(tab.key())) {
        throw refused("tabs", tab.key(), "each tab once");
      }
      tabs.add(tab);
    }
    return tabs;
  }

  private LeadTab tab(WantedTab wanted) {
    String key = Objects.requireNonNullElse(wanted.key(), "");
    if (Objects.equals(wanted.kind(), LeadTab.Kind.SYSTEM.key())) {
      if (!LeadTab.SYSTEM.contains(key)) {
        throw refused("tabs", key, "tabs such as " + String.join(", ", LeadTab.SYSTEM));
      }
      return LeadTab.system(key);
    }
    if (!KEY.matcher(key).matches()) {
      throw refused("tabs", key, "keys of added tabs such as tab-1");
    }
    return added(key, wanted);
  }

  /** A tab that somebody makes: of activities or of a page. */
  LeadTab added(String key, WantedTab wanted) {
    LeadTab.Kind kind =
        LeadTab.Kind.of(wanted.kind())
            .filter(made -> made != LeadTab.Kind.SYSTEM)
            .orElseThrow(() -> refused("kind", wanted.kind(), "activity or custom"));
    String name = Objects.requireNonNullElse(wanted.name(), "").strip();
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw refused("name", name, "1 to " + LONGEST_NAME + " characters on one line");
    }
    return kind == LeadTab.Kind.CUSTOM
        ? new LeadTab(key, kind, name, List.of(), address(key, name, wanted.url()))
        : new LeadTab(key, kind, name, types(key, wanted.activityTypes()), null);
  }

  /** An address that stood there goes on standing there, also when a field in it cannot be seen any more. */
  private String address(String tab, String name, @Nullable String wanted) {
    return wanted != null
            && before != null
            && before.tabs().stream()
                .anyMatch(each -> each.key().equals(tab) && wanted.strip().equals(each.url()))
        ? wanted.strip()
        : TabAddress.checked(wanted, name, schema);
  }

  private List<String> types(String tab, @Nullable List<@Nullable String> wanted) {
    List<String> kept = new ArrayList<>();
    for (String type : once("activityTypes", wanted == null ? List.of() : wanted)) {
      if (schema.activityType(type).isPresent()) {
        kept.add(type);
      } else if (!stood(tab, type)) {
        throw refused("activityTypes", type, "existing activity types");
      }
    }
    if (kept.isEmpty() || kept.size() > MOST_TYPES) {
      throw refused("activityTypes", kept.size(), "1 to " + MOST_TYPES + " activity types");
    }
    return kept;
  }

  private boolean stood(String tab, String type) {
    return before != null
        && before.tabs().stream()
            .anyMatch(each -> each.key().equals(tab) && each.activityTypes().contains(type));
  }
}
