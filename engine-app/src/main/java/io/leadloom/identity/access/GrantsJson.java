package io.leadloom.identity.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.FieldRule;
import io.leadloom.platform.permission.Reach;
import io.leadloom.platform.permission.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Grants as texts: section, action, reach; kind of record, field, rule.
 *
 * @param sections for example {@code {"lead": {"view": "own"}}}
 * @param fields for example {@code {"lead": {"email": "hidden"}}}
 */
public record GrantsJson(
    @Nullable Map<String, @Nullable Map<String, @Nullable String>> sections,
    @Nullable Map<String, @Nullable Map<String, @Nullable String>> fields) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  /** Without these neither a list nor its pages can be shown. */
  private static final Set<String> ALWAYS_SHOWN = Set.of("name", "createdat", "id", "type");

  /** The texts that mean these grants. */
  public static GrantsJson of(Grants grants) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    grants
        .sections()
        .forEach(
            (section, actions) -> {
              Map<String, String> reaches = new LinkedHashMap<>();
              actions.forEach((action, reach) -> reaches.put(action.key(), reach.key()));
              sections.put(section.key(), reaches);
            });
    Map<String, Map<String, String>> fields = new LinkedHashMap<>();
    grants
        .fields()
        .forEach(
            (type, rules) -> {
              Map<String, String> keys = new TreeMap<>();
              rules.forEach((field, rule) -> keys.put(field, rule.key()));
              fields.put(type.key(), keys);
            });
    return new GrantsJson(nullable(sections), nullable(fields));
  }

  private static Map<String, @Nullable Map<String, @Nullable String>> nullable(
      Map<String, Map<String, String>> map) {
    Map<String, @Nullable Map<String, @Nullable String>> copy = new LinkedHashMap<>();
    map.forEach((key, inner) -> copy.put(key, new LinkedHashMap<>(inner)));
    return copy;
  }

  /**
   * The grants that the texts mean.
   *
   * @throws RefusedException naming every place that does not do
   */
  public Grants read() {
    List<Violation> violations = new ArrayList<>();
    Map<Section, Map<Action, Reach>> readSections = new EnumMap<>(Section.class);
    each(
        sections,
        (name, inner) -> {
          Section section =
              word("sections." + name, name, Section::of, keys(Section.values()), violations);
          if (section != null) {
            readSections.put(section, actions(section, inner, violations));
          }
        });
    Map<EntityType, Map<String, FieldRule>> readFields = new EnumMap<>(EntityType.class);
    each(
        fields,
        (name, inner) -> {
          EntityType type =
              word(
                  "fields." + name,
                  name,
                  key ->
                      Arrays.stream(EntityType.values())
                          .filter(each -> each.key().equals(key))
                          .findFirst(),
                  "lead, contact, account, activity, task, note",
                  violations);
          if (type != null) {
            readFields.put(type, rules(type, inner, violations));
          }
        });
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The permissions are not acceptable", violations);
    }
    return new Grants(readSections, readFields);
  }

  private interface Entry {
    void read(String name, Map<String, @Nullable String> inner);
  }

  private static void each(
      @Nullable Map<String, @Nullable Map<String, @Nullable String>> map, Entry entry) {
    if (map != null) {
      map.forEach((name, inner) -> entry.read(name, inner == null ? Map.of() : inner));
    }
  }

  private static Map<Action, Reach> actions(
      Section section, Map<String, @Nullable String> inner, List<Violation> violations) {
    Map<Action, Reach> actions = new EnumMap<>(Action.class);
    inner.forEach(
        (name, text) -> {
          String place = "sections." + section.key() + "." + name;
          Action action =
              word(
                  place,
                  name,
                  key -> Action.of(key).filter(section.actions()::contains),
                  section.actions().stream().map(Action::key).collect(Collectors.joining(", ")),
                  violations);
          Reach reach =
              word(
                  place,
                  text,
                  key ->
                      Reach.of(key)
                          .filter(
                              found ->
                                  section.reaching() || found == Reach.NONE || found == Reach.ALL),
                  section.reaching() ? "none, own, team, hierarchy or all" : "none or all",
                  violations);
          if (action != null && reach != null) {
            actions.put(action, reach);
          }
        });
    return actions;
  }

  private static Map<String, FieldRule> rules(
      EntityType type, Map<String, @Nullable String> inner, List<Violation> violations) {
    Map<String, FieldRule> rules = new LinkedHashMap<>();
    inner.forEach(
        (field, text) -> {
          String place = "fields." + type.key() + "." + field;
          FieldRule rule = word(place, text, FieldRule::of, "hidden, readOnly or open", violations);
          if (!FIELD.matcher(field).matches()) {
            violations.add(Violation.of(place, field, "the key of a field of " + type.path()));
          } else if (rule == FieldRule.HIDDEN
              && ALWAYS_SHOWN.contains(field.toLowerCase(java.util.Locale.ROOT))) {
            violations.add(
                Violation.of(place, text, "readOnly or open: no list can do without " + field));
          } else if (rule != null) {
            rules.put(field, rule);
          }
        });
    return rules;
  }

  private static <T> @Nullable T word(
      String place,
      @Nullable String text,
      Function<String, java.util.Optional<T>> known,
      String expectation,
      List<Violation> violations) {
    T found = text == null ? null : known.apply(text).orElse(null);
    if (found == null) {
      violations.add(Violation.of(place, text, "one of " + expectation));
    }
    return found;
  }

  private static String keys(Section[] sections) {
    return Arrays.stream(sections).map(Section::key).collect(Collectors.joining(", "));
  }

  static String text(Grants grants) {
    try {
      return JSON.writeValueAsString(of(grants));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Permissions could not be written", e);
    }
  }

  /** What {@link #text} has written; what later versions do not know any more is left out. */
  static Grants stored(String text) {
    try {
      GrantsJson json = JSON.readValue(text, GrantsJson.class);
      Map<Section, Map<Action, Reach>> sections = new EnumMap<>(Section.class);
      each(
          json.sections(),
          (name, inner) ->
              Section.of(name)
                  .ifPresent(
                      section ->
                          sections.put(section, actions(section, inner, new ArrayList<>()))));
      Map<EntityType, Map<String, FieldRule>> fields = new EnumMap<>(EntityType.class);
      each(
          json.fields(),
          (name, inner) ->
              EntityType.of(name)
                  .ifPresent(type -> fields.put(type, rules(type, inner, new ArrayList<>()))));
      return new Grants(sections, fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored permissions cannot be read", e);
    }
  }
}
