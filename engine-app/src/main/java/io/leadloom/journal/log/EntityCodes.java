package io.leadloom.journal.log;

import io.leadloom.platform.EntityType;

/** The numbers that stand for entity types in the journal's tables; they never change. */
public final class EntityCodes {

  private EntityCodes() {}

  public static int of(EntityType type) {
    return switch (type) {
      case LEAD -> 1;
      case CONTACT -> 2;
      case ACCOUNT -> 3;
      case ACTIVITY -> 4;
      case TASK -> 5;
      case NOTE -> 6;
      case OPPORTUNITY -> 7;
    };
  }

  public static EntityType type(int code) {
    return switch (code) {
      case 1 -> EntityType.LEAD;
      case 2 -> EntityType.CONTACT;
      case 3 -> EntityType.ACCOUNT;
      case 4 -> EntityType.ACTIVITY;
      case 5 -> EntityType.TASK;
      case 6 -> EntityType.NOTE;
      case 7 -> EntityType.OPPORTUNITY;
      default -> throw new IllegalStateException("Unknown entity code " + code);
    };
  }
}
