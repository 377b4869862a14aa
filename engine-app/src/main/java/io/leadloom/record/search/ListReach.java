package io.leadloom.record.search;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which static lists somebody reaches, as a condition of a query: the own ones, and of those that are nobody's alone the
 * lists of whom the permission reaches (VOC-014, PLT-062, PLT-D12).
 */
public final class ListReach {

  private ListReach() {}

  /**
   * Whether every list is reached; only by Leadloom itself and by the account, since some lists are seen by their makers
   * only.
   */
  public static boolean all(Rights rights) {
    return rights.userId() == null && rights.owners(Section.LIST, Action.VIEW).all();
  }

  /** The condition on the list of this alias; it has no arguments. */
  public static String sql(String alias, Rights rights, Action action) {
    if (all(rights)) {
      return "1 = 1";
    }
    Owners owners = rights.owners(Section.LIST, action);
    Long user = rights.userId();
    if (owners.none() || user == null) {
      return "1 = 0";
    }
    String shared = among(alias, user, owners);
    String own = alias + ".owner_id = " + user;
    return shared == null ? own : "(" + own + " or (" + alias + ".personal = false" + shared + "))";
  }

  private static @Nullable String among(String alias, long user, Owners owners) {
    if (owners.all()) {
      return "";
    }
    String others =
        owners.ids().stream()
            .filter(id -> id != user)
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? null : " and " + alias + ".owner_id in (" + others + ")";
  }
}
