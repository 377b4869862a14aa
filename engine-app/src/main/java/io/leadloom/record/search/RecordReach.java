package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whose records somebody reaches, as a condition of the query that reads them. Leads, contacts, accounts and tasks belong
 * to their owner, an activity to its user, a note to its author; activities, tasks and notes are also reached through the
 * owner of the lead, contact or account that they are about.
 */
public final class RecordReach {

  private static final List<EntityType> ABOUT =
      List.of(EntityType.LEAD, EntityType.CONTACT, EntityType.ACCOUNT);

  private RecordReach() {}

  /** The key of the field that says whose a record is. */
  public static String ownerField(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT, TASK -> "owner";
      case ACTIVITY -> "user";
      case NOTE -> "createdBy";
    };
  }

  /** The kinds of records through whose owners a record is reached too. */
  public static List<EntityType> about(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT -> List.of();
      case ACTIVITY, TASK, NOTE -> ABOUT;
    };
  }

  /** Whether all records of a kind are reached, so that no condition is needed. */
  public static boolean all(EntityType type, Rights rights, Action action) {
    return rights.everything() || rights.owners(type, action).all();
  }

  /**
   * The condition on the record of this alias; it has no arguments. It stands beside whatever else finds or orders the
   * records and keeps the database from finding them by their owners, since H2 takes the owners' index for any list of
   * owners and then sorts all that they have. Ids of owners stand in it as they are, since both databases look up
   * constants, while H2 would compare with thousands of parameters one after the other.
   */
  public static String sql(EntityType type, String alias, Rights rights, Action action) {
    return sql(type, alias, rights.owners(type, action), " + 0");
  }

  /** The same for owners who have so little that their index is the way to it. */
  public static String byOwner(EntityType type, String alias, Rights rights, Action action) {
    return sql(type, alias, rights.owners(type, action), "");
  }

  private static String sql(EntityType type, String alias, Owners owners, String noIndex) {
    if (owners.all()) {
      return "1 = 1";
    }
    if (owners.none()) {
      return "1 = 0";
    }
    String sql = alias + "." + ownerColumn(type) + noIndex + among(owners);
    StringBuilder any = new StringBuilder();
    for (EntityType about : about(type)) {
      any.append(
          " or exists (select 1 from "
              + about.path()
              + " about where about.id = "
              + alias
              + "."
              + about.key()
              + "_id and about.owner_id + 0"
              + among(owners)
              + ")");
    }
    return any.isEmpty() ? sql : "(" + sql + any + ")";
  }

  /** The column that says whose a record is. */
  static String ownerColumn(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT, TASK -> "owner_id";
      case ACTIVITY -> "by_user_id";
      case NOTE -> "created_by";
    };
  }

  static String among(Owners owners) {
    if (owners.ids().size() == 1) {
      return " = " + owners.ids().iterator().next();
    }
    return owners.ids().stream()
        .sorted()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", " in (", ")"));
  }
}
