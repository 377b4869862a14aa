package io.leadloom.platform.permission;

import io.leadloom.platform.EntityType;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one user may do, as it was at one moment: a request asks once and stands on the same answer to its end, whatever
 * happens to roles and hierarchy meanwhile. Immutable.
 */
public final class Rights {

  /** What the title of a lead that nobody has named is formed from (LEAD-217), beside the name: it tells as much. */
  private static final List<String> PARTS_OF_THE_TITLE =
      List.of("firstname", "lastname", "company", "source");

  /** And so does the name of the contact whom the lead is about. */
  private static final List<String> NAMES_OF_CONTACTS = List.of("firstname", "lastname", "name");

  private static final String TITLE = "leadname";

  /** What a partner company's people reach through its leads. */
  private static final Set<Section> BY_LEADS =
      EnumSet.of(Section.LEAD, Section.ACTIVITY, Section.TASK, Section.NOTE);

  private static final Rights SYSTEM = new Rights(null, null, true, Map.of(), Map.of());
  private static final Rights ACCOUNT = new Rights(null, null, false, ofAccount(), Map.of());

  private final @Nullable Long userId;
  private final @Nullable Long partner;
  private final boolean everything;
  private final Map<Section, Map<Action, Owners>> owners;
  private final Map<EntityType, Map<String, FieldRule>> fields;

  private Rights(
      @Nullable Long userId,
      @Nullable Long partner,
      boolean everything,
      Map<Section, Map<Action, Owners>> owners,
      Map<EntityType, Map<String, FieldRule>> fields) {
    this.userId = userId;
    this.partner = partner;
    this.everything = everything;
    this.owners = owners;
    this.fields = fields;
  }

  /** Those of Leadloom itself: automations, connectors, start-up. */
  public static Rights system() {
    return SYSTEM;
  }

  /**
   * Those of the account itself, by its key: everybody's records, lists, tags and imports, and to look at automations and
   * deliveries; nothing of administration (SET-009).
   */
  public static Rights account() {
    return ACCOUNT;
  }

  private static Map<Section, Map<Action, Owners>> ofAccount() {
    Map<Section, Map<Action, Owners>> owners = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      Collection<Action> actions =
          switch (section) {
            case LEAD, CONTACT, ACCOUNT, OPPORTUNITY, ACTIVITY, TASK, NOTE, LIST, TAGS, IMPORTS ->
                section.actions();
            case AUTOMATIONS, DELIVERIES -> Set.of(Action.VIEW);
            case USERS, PERMISSIONS, SCHEMA, SETTINGS, JOURNAL, AUDIT -> Set.of();
          };
      owners.put(
          section, actions.stream().collect(Collectors.toMap(action -> action, a -> Owners.ALL)));
    }
    return owners;
  }

  /** Those of an administrator. */
  public static Rights everything(long userId) {
    return new Rights(userId, null, true, Map.of(), Map.of());
  }

  /** Those of nobody. */
  public static Rights none(@Nullable Long userId) {
    return new Rights(userId, null, false, Map.of(), Map.of());
  }

  /**
   * Those of a user.
   *
   * @param partner the account that is the user's partner company; null for everybody who works here
   * @param fields the rules of fields by key; {@link FieldRule#OPEN} is the same as none
   */
  public static Rights of(
      long userId,
      @Nullable Long partner,
      Map<Section, Map<Action, Owners>> owners,
      Map<EntityType, Map<String, FieldRule>> fields) {
    Map<Section, Map<Action, Owners>> kept = new EnumMap<>(Section.class);
    owners.forEach((section, actions) -> kept.put(section, Map.copyOf(actions)));
    Map<EntityType, Map<String, FieldRule>> rules = new EnumMap<>(EntityType.class);
    fields.forEach(
        (type, some) -> {
          Map<String, FieldRule> folded = new HashMap<>();
          some.forEach((key, rule) -> folded.put(key.toLowerCase(Locale.ROOT), rule));
          folded.values().removeIf(rule -> rule == FieldRule.OPEN);
          if (!folded.isEmpty()) {
            rules.put(type, folded);
          }
        });
    if (hidesOne(rules.get(EntityType.LEAD), PARTS_OF_THE_TITLE)
        || hidesOne(rules.get(EntityType.CONTACT), NAMES_OF_CONTACTS)) {
      rules.computeIfAbsent(EntityType.LEAD, type -> new HashMap<>()).put(TITLE, FieldRule.HIDDEN);
    }
    return new Rights(userId, partner, false, kept, rules);
  }

  private static boolean hidesOne(@Nullable Map<String, FieldRule> rules, List<String> keys) {
    return rules != null && keys.stream().anyMatch(key -> rules.get(key) == FieldRule.HIDDEN);
  }

  /** Whose they are; null for Leadloom itself and for the account. */
  public @Nullable Long userId() {
    return userId;
  }

  /**
   * The partner company whose employee the user is; null for everybody who works here. Whoever has one reaches the leads of
   * that company and no others, whoever owns them, what is about those leads, and of other records the own ones (LEAD-007).
   */
  public @Nullable Long partner() {
    return partner;
  }

  /** Whether nothing is kept back, so that nobody needs to look closer. */
  public boolean everything() {
    return everything;
  }

  /** Whose things of a section the user may do this with. */
  public Owners owners(Section section, Action action) {
    if (everything) {
      return section.actions().contains(action) ? Owners.ALL : Owners.NONE;
    }
    return Objects.requireNonNullElse(
        owners.getOrDefault(section, Map.of()).get(action), Owners.NONE);
  }

  /** Whose records of a kind the user may do this with. */
  public Owners owners(EntityType type, Action action) {
    return owners(Section.of(type), action);
  }

  /** Whether the user may do this with anybody's. */
  public boolean may(Section section, Action action) {
    return !owners(section, action).none();
  }

  /** Whether any field of a kind of record is hidden or read-only. */
  public boolean keepsFields(EntityType type) {
    return fields.containsKey(type);
  }

  /** Whether a field is hidden; the key in any letter case. */
  public boolean hides(EntityType type, String key) {
    return rule(type, key) == FieldRule.HIDDEN;
  }

  /** Whether a field that is not hidden can only be read; the key in any letter case. */
  public boolean onlyReads(EntityType type, String key) {
    return rule(type, key) == FieldRule.READ_ONLY;
  }

  private @Nullable FieldRule rule(EntityType type, String key) {
    Map<String, FieldRule> rules = fields.get(type);
    return rules == null ? null : rules.get(key.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the user may do everything that the other may, so that he can give it to him: each action reaches as far, and
   * no field that is kept back from the user is open to the other.
   *
   * @param apart the ids of users whose records do not count, because they own none yet
   */
  public boolean covers(Rights other, Set<Long> apart) {
    if (everything) {
      return true;
    }
    if (other.everything) {
      return false;
    }
    for (Map.Entry<Section, Map<Action, Owners>> section : other.owners.entrySet()) {
      for (Map.Entry<Action, Owners> action : section.getValue().entrySet()) {
        Owners mine = owners(section.getKey(), action.getKey());
        boolean otherLeads =
            BY_LEADS.contains(section.getKey())
                && !mine.all()
                && !Objects.equals(partner, other.partner);
        if (otherLeads || !mine.covers(action.getValue(), apart)) {
          return false;
        }
      }
    }
    return Arrays.stream(EntityType.values()).allMatch(type -> coversFields(other, type));
  }

  private boolean coversFields(Rights other, EntityType type) {
    for (Map.Entry<String, FieldRule> mine : fields.getOrDefault(type, Map.of()).entrySet()) {
      FieldRule theirs = other.rule(type, mine.getKey());
      boolean open =
          mine.getValue() == FieldRule.HIDDEN
              ? theirs != FieldRule.HIDDEN && other.touches(type)
              : theirs == null && other.writes(type);
      if (open) {
        return false;
      }
    }
    return true;
  }

  private boolean touches(EntityType type) {
    return !owners.getOrDefault(Section.of(type), Map.of()).isEmpty();
  }

  private boolean writes(EntityType type) {
    return owners.getOrDefault(Section.of(type), Map.of()).keySet().stream()
        .anyMatch(action -> action != Action.VIEW && action != Action.EXPORT);
  }
}
