package io.leadloom.identity.access;

import io.leadloom.identity.Hierarchy;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.FieldRule;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Reach;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up what a user holds: each permission reaches as far as all templates together, then come the exceptions. */
final class RightsSum {

  private final long userId;
  private final @Nullable Long partner;
  private final List<Grants> held;
  private final Grants exceptions;
  private final Hierarchy hierarchy;
  private final List<Users.Team> teams;
  private final Map<Set<Reach>, Owners> known = new HashMap<>();

  RightsSum(
      long userId,
      @Nullable Long partner,
      List<Grants> held,
      Grants exceptions,
      Hierarchy hierarchy,
      List<Users.Team> teams) {
    this.userId = userId;
    this.partner = partner;
    this.held = held;
    this.exceptions = exceptions;
    this.hierarchy = hierarchy;
    this.teams = teams;
  }

  Rights rights() {
    Map<Section, Map<Action, Owners>> sections = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      Map<Action, Owners> actions = new EnumMap<>(Action.class);
      for (Action action : section.actions()) {
        Owners owners = known.computeIfAbsent(reaches(section, action), this::owners);
        if (partner != null && section.entity().isPresent() && !owners.none()) {
          // Beside what comes with the leads of the company, only what is the employee's own.
          owners = new Owners(false, Set.of(userId));
        }
        if (!owners.none()) {
          actions.put(action, owners);
        }
      }
      sections.put(section, actions);
    }
    Map<EntityType, Map<String, FieldRule>> fields = new EnumMap<>(EntityType.class);
    for (EntityType type : EntityType.values()) {
      fields.put(type, rules(type));
    }
    return Rights.of(userId, partner, sections, fields);
  }

  private Set<Reach> reaches(Section section, Action action) {
    Reach exception = exceptions.sections().getOrDefault(section, Map.of()).get(action);
    if (exception != null) {
      return EnumSet.of(exception);
    }
    Set<Reach> reaches = EnumSet.noneOf(Reach.class);
    held.forEach(grants -> reaches.add(grants.reach(section, action)));
    return reaches;
  }

  private Owners owners(Set<Reach> reaches) {
    if (reaches.contains(Reach.ALL)) {
      return Owners.ALL;
    }
    Set<Long> ids = new HashSet<>();
    for (Reach reach : reaches) {
      switch (reach) {
        case NONE -> {
          // Adds nobody.
        }
        case OWN -> ids.add(userId);
        case TEAM -> {
          ids.add(userId);
          for (Users.Team team : teams) {
            if (team.members().contains(userId)) {
              ids.addAll(team.members());
            }
          }
        }
        case HIERARCHY -> {
          ids.add(userId);
          ids.addAll(hierarchy.below(userId));
        }
        case ALL -> throw new IllegalStateException("Everybody is no set of owners");
      }
    }
    return new Owners(false, ids);
  }

  /** A field is kept back when every template that lets the user see (or write) such records keeps it back. */
  private Map<String, FieldRule> rules(EntityType type) {
    Section section = Section.of(type);
    List<Map<String, FieldRule>> seeing = rulesOf(type, section, Action.VIEW);
    List<Map<String, FieldRule>> writing = rulesOf(type, section, Action.EDIT);
    Set<String> keys = new HashSet<>();
    seeing.forEach(rules -> keys.addAll(rules.keySet()));
    writing.forEach(rules -> keys.addAll(rules.keySet()));
    Map<String, FieldRule> rules = new HashMap<>();
    for (String key : keys) {
      if (seeing.stream().allMatch(each -> each.get(key) == FieldRule.HIDDEN)) {
        rules.put(key, FieldRule.HIDDEN);
      } else if (writing.stream().allMatch(each -> keptBack(each.get(key)))) {
        rules.put(key, FieldRule.READ_ONLY);
      }
    }
    rules.putAll(folded(exceptions.fields().getOrDefault(type, Map.of())));
    return rules;
  }

  private static boolean keptBack(@Nullable FieldRule rule) {
    return rule == FieldRule.HIDDEN || rule == FieldRule.READ_ONLY;
  }

  private List<Map<String, FieldRule>> rulesOf(EntityType type, Section section, Action action) {
    return held.stream()
        .filter(grants -> grants.reach(section, action) != Reach.NONE)
        .map(grants -> folded(grants.fields().getOrDefault(type, Map.of())))
        .toList();
  }

  private static Map<String, FieldRule> folded(Map<String, FieldRule> rules) {
    Map<String, FieldRule> folded = new HashMap<>();
    rules.forEach((key, rule) -> folded.put(key.toLowerCase(Locale.ROOT), rule));
    return folded;
  }
}
