package io.leadloom.platform.permission;

import io.leadloom.platform.EntityType;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What permissions are given for: the kinds of records, and the areas of administration (SET-035). */
public enum Section {
  LEAD(EntityType.LEAD),
  CONTACT(EntityType.CONTACT),
  ACCOUNT(EntityType.ACCOUNT),
  OPPORTUNITY(EntityType.OPPORTUNITY),
  ACTIVITY(EntityType.ACTIVITY),
  TASK(EntityType.TASK),
  NOTE(EntityType.NOTE),
  /** Static lists and their members (VOC-014). */
  LIST(true, Action.VIEW, Action.CREATE, Action.EDIT, Action.DELETE),
  /** The account's tags themselves; putting them on records is editing the record. */
  TAGS(false, Action.CREATE, Action.EDIT, Action.DELETE),
  AUTOMATIONS(false, Action.VIEW, Action.EDIT),
  /** Import jobs; importing a kind of record needs that kind's permission too. */
  IMPORTS(true, Action.VIEW, Action.CREATE),
  /** Deliveries to the outside and the Mailbox. */
  DELIVERIES(false, Action.VIEW, Action.EDIT),
  USERS(false, Action.CREATE, Action.EDIT),
  PERMISSIONS(false, Action.VIEW, Action.EDIT),
  /** Fields, types, stages and the other classifications (LEAD-005). */
  SCHEMA(false, Action.CREATE, Action.EDIT, Action.DELETE),
  SETTINGS(false, Action.VIEW, Action.EDIT),
  JOURNAL(false, Action.VIEW, Action.EDIT),
  AUDIT(false, Action.VIEW, Action.EXPORT);

  private final @Nullable EntityType entity;
  private final boolean reaching;
  private final Set<Action> actions;

  Section(EntityType entity) {
    this.entity = entity;
    this.reaching = true;
    this.actions = Collections.unmodifiableSet(EnumSet.allOf(Action.class));
  }

  Section(boolean reaching, Action... actions) {
    this.entity = null;
    this.reaching = reaching;
    this.actions = Collections.unmodifiableSet(EnumSet.copyOf(List.of(actions)));
  }

  /** The lower-case name in JSON, for example {@code lead}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of record, for the sections that are one. */
  public Optional<EntityType> entity() {
    return Optional.ofNullable(entity);
  }

  /** What can be done in it. */
  public Set<Action> actions() {
    return actions;
  }

  /** Whether a permission can reach to some owners only; otherwise it is all or nothing. */
  public boolean reaching() {
    return reaching;
  }

  /** The section of a kind of record. */
  public static Section of(EntityType type) {
    return switch (type) {
      case LEAD -> LEAD;
      case CONTACT -> CONTACT;
      case ACCOUNT -> ACCOUNT;
      case OPPORTUNITY -> OPPORTUNITY;
      case ACTIVITY -> ACTIVITY;
      case TASK -> TASK;
      case NOTE -> NOTE;
    };
  }

  public static Optional<Section> of(String key) {
    return Arrays.stream(values()).filter(section -> section.key().equals(key)).findFirst();
  }
}
