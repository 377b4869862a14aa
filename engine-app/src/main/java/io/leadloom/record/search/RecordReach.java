package io.leadloom.record.search;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose records somebody reaches, as a condition of the query that reads them. Leads, contacts, accounts and tasks belong
 * to their owner, an activity to its user, a note to its author; activities, tasks and notes are also reached through the
 * owner of the lead, contact or account that they are about. People of a partner company reach leads by that company
 * instead of by owners (LEAD-007).
 */
public final class RecordReach {

  private static final List<EntityType> ABOUT = EntityType.ROOTS;

  /** The key of the field that names the partner company of a lead. */
  public static final String PARTNER = "partnerCompany";

  private RecordReach() {}

  /** The key of the field that says whose a record is. */
  public static String ownerField(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT, OPPORTUNITY, TASK -> "owner";
      case ACTIVITY -> "user";
      case NOTE -> "createdBy";
    };
  }

  /** The key of the field by which these rights reach records of a kind. */
  static String field(EntityType type, Rights rights) {
    return byPartner(type, rights) ? PARTNER : ownerField(type);
  }

  /** Whether leads are reached by the partner company that they came from. */
  static boolean byPartner(EntityType type, Rights rights) {
    return type == EntityType.LEAD && rights.partner() != null;
  }

  /** Whether all that is reached belongs to one owner, whose index has the newest in order. */
  static boolean ofOneOwner(EntityType type, Rights rights) {
    return about(type).isEmpty()
        && !byPartner(type, rights)
        && rights.owners(type, Action.VIEW).ids().size() == 1;
  }

  /** What the field of {@link #field} holds in the records that are reached. */
  static Owners holders(EntityType type, Rights rights, Action action) {
    Owners owners = rights.owners(type, action);
    Long partner = rights.partner();
    return type == EntityType.LEAD && partner != null && !owners.none()
        ? new Owners(false, Set.of(partner))
        : owners;
  }

  /**
   * Whether a record of these values is reached by itself.
   *
   * @param owners those of the kind of record that is asked for, which may be about this one
   */
  public static boolean reached(EntityType type, Values values, Rights rights, Owners owners) {
    if (owners.all() || owners.none()) {
      return owners.all();
    }
    Long partner = rights.partner();
    return type == EntityType.LEAD && partner != null
        ? partner.equals(values.number(PARTNER))
        : owners.reach(values.number(ownerField(type)));
  }

  /** The kinds of records through whose owners a record is reached too. */
  public static List<EntityType> about(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT, OPPORTUNITY -> List.of();
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
    return sql(type, alias, rights, rights.owners(type, action), " + 0");
  }

  /** The same for owners who have so little that their index is the way to it. */
  public static String byOwner(EntityType type, String alias, Rights rights, Action action) {
    return sql(type, alias, rights, rights.owners(type, action), "");
  }

  private static String sql(
      EntityType type, String alias, Rights rights, Owners owners, String noIndex) {
    if (owners.all()) {
      return "1 = 1";
    }
    if (owners.none()) {
      return "1 = 0";
    }
    Long partner = rights.partner();
    String company = partner == null ? null : ".partner_company_id = " + partner;
    if (type == EntityType.LEAD && company != null) {
      return alias + company;
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
              + "_id and about"
              + (about == EntityType.LEAD && company != null
                  ? company
                  : ".owner_id + 0" + among(owners))
              + ")");
    }
    return any.isEmpty() ? sql : "(" + sql + any + ")";
  }

  /** The column that says whose a record is. */
  static String ownerColumn(EntityType type) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT, OPPORTUNITY, TASK -> "owner_id";
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
