package io.leadloom.record.smart;

import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.util.Set;

/**
 * Who looks at smart lists.
 *
 * @param roles the keys of the user's roles
 */
public record Viewer(long userId, Set<String> roles, Rights rights) {

  public Viewer {
    roles = Set.copyOf(roles);
  }

  /** Lists of those who see only some lists stay their own (PLT-061, PLT-D12, ENG-086). */
  public boolean mayShare() {
    return rights.owners(Section.LIST, Action.VIEW).all();
  }
}
