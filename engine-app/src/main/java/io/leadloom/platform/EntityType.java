package io.leadloom.platform;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of record that Leadloom keeps (VOC entities that have fields, a history and a journal). Their order is stored: new ones go to the end. */
public enum EntityType {
  LEAD("lead", "leads"),
  CONTACT("contact", "contacts"),
  ACCOUNT("account", "accounts"),
  ACTIVITY("activity", "activities"),
  TASK("task", "tasks"),
  NOTE("note", "notes"),
  /** A deal (VOC-003). */
  OPPORTUNITY("opportunity", "opportunities");

  /** Those that stand for themselves; the others are about the first of these that they name. */
  public static final List<EntityType> ROOTS = List.of(OPPORTUNITY, LEAD, CONTACT, ACCOUNT);

  private final String key;
  private final String path;

  EntityType(String key, String path) {
    this.key = key;
    this.path = path;
  }

  /** The lower-case singular name used in JSON, tables and rules, for example {@code lead}. */
  public String key() {
    return key;
  }

  /** The plural noun used in REST paths, for example {@code leads}. */
  public String path() {
    return path;
  }

  /** Whether records of this kind stand for themselves and have a timeline. */
  public boolean root() {
    return ROOTS.contains(this);
  }

  /** The number in stored rows; it never changes. */
  public int code() {
    return ordinal() + 1;
  }

  /** The type with this {@link #code()}. */
  public static EntityType ofCode(int code) {
    return values()[code - 1];
  }

  /** Finds the type by its {@link #key()} or {@link #path()}, ignoring letter case. */
  public static Optional<EntityType> of(String name) {
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> type.key.equals(wanted) || type.path.equals(wanted))
        .findFirst();
  }
}
