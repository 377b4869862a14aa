package io.leadloom.identity.access;

import static io.leadloom.platform.permission.Action.BULK;
import static io.leadloom.platform.permission.Action.CREATE;
import static io.leadloom.platform.permission.Action.DELETE;
import static io.leadloom.platform.permission.Action.EDIT;
import static io.leadloom.platform.permission.Action.EXPORT;
import static io.leadloom.platform.permission.Action.IMPORT;
import static io.leadloom.platform.permission.Action.SHARE;
import static io.leadloom.platform.permission.Action.VIEW;

import io.leadloom.identity.Role;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Reach;
import io.leadloom.platform.permission.Section;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the template of each role gives until somebody changes it (vocabulary, VOC-013, VOC-014, LEAD-001 to LEAD-005). */
final class DeliveredGrants {

  private static final List<Section> RECORDS =
      List.of(
          Section.LEAD,
          Section.CONTACT,
          Section.ACCOUNT,
          Section.OPPORTUNITY,
          Section.ACTIVITY,
          Section.TASK,
          Section.NOTE);

  private final Map<Section, Map<Action, Reach>> sections = new EnumMap<>(Section.class);

  private DeliveredGrants() {}

  static Grants of(Role role) {
    return new DeliveredGrants().given(role);
  }

  private Grants given(Role role) {
    switch (role) {
      case ADMINISTRATOR -> {
        for (Section section : Section.values()) {
          section.actions().forEach(action -> give(section, Reach.ALL, action));
        }
      }
      case MANAGER -> {
        for (Section record : RECORDS) {
          give(record, Reach.HIERARCHY, VIEW, EDIT, DELETE, EXPORT, BULK, SHARE, CREATE, IMPORT);
        }
        give(Section.LIST, Reach.ALL, VIEW, CREATE, EDIT, DELETE);
        give(Section.TAGS, Reach.ALL, CREATE, EDIT, DELETE);
        give(Section.AUTOMATIONS, Reach.ALL, VIEW);
        give(Section.IMPORTS, Reach.HIERARCHY, VIEW, CREATE);
      }
      case SALES -> {
        for (Section record : RECORDS) {
          give(record, Reach.OWN, VIEW, CREATE, EDIT, DELETE, BULK);
        }
        give(Section.LIST, Reach.OWN, VIEW, CREATE, EDIT, DELETE);
        give(Section.TAGS, Reach.ALL, CREATE);
        give(Section.AUTOMATIONS, Reach.ALL, VIEW);
      }
      case MARKETEER -> {
        for (Section record : RECORDS) {
          give(record, Reach.ALL, VIEW, CREATE, EDIT, EXPORT, IMPORT, BULK, SHARE);
        }
        give(Section.LIST, Reach.ALL, VIEW, CREATE, EDIT, DELETE);
        give(Section.TAGS, Reach.ALL, CREATE, EDIT, DELETE);
        give(Section.AUTOMATIONS, Reach.ALL, VIEW);
        give(Section.IMPORTS, Reach.ALL, VIEW, CREATE);
        give(Section.DELIVERIES, Reach.ALL, VIEW);
      }
      case PARTNER_SUPERVISOR -> {
        for (Section record : RECORDS) {
          give(record, Reach.OWN, VIEW, CREATE, EDIT);
        }
      }
      case SUPERVISOR, AGENT -> {
        // Rights of a process come with the process; outside of it they have their tasks only
        // (LEAD-001).
        give(Section.TASK, Reach.OWN, VIEW, EDIT);
      }
    }
    return new Grants(sections, Map.of());
  }

  private void give(Section section, Reach reach, Action... actions) {
    for (Action action : actions) {
      sections.computeIfAbsent(section, key -> new EnumMap<>(Action.class)).put(action, reach);
    }
  }
}
