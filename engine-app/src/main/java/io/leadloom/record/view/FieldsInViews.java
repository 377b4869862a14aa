package io.leadloom.record.view;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.FieldDefinitions.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The addresses of tabs that send a field to somebody else's page. Without the field it leaves them, so that another field
 * that is given its key later is not sent there before somebody says so.
 */
@Component
class FieldsInViews implements FieldDefinitions.Uses {

  private static final String VIEW = "lead-view";
  private static final String OWN = "own-lead-tab";

  private final LeadViewRows rows;
  private final AuditTrail trail;

  FieldsInViews(LeadViewRows rows, AuditTrail trail) {
    this.rows = rows;
    this.trail = trail;
  }

  @Override
  public List<Use> of(Field field) {
    List<Use> uses = new ArrayList<>();
    if (field.entity() != EntityType.LEAD) {
      return uses;
    }
    views(field).forEach(view -> uses.add(new Use(VIEW, view.id(), view.name())));
    List<OwnTab> own = own(field);
    if (!own.isEmpty()) {
      // Whose they are, and what they are called, is their own.
      uses.add(new Use(OWN, own.get(0).id(), "tabs that users made for themselves: " + own.size()));
    }
    return uses;
  }

  @Override
  public void stop(Field field, List<Use> uses) {
    for (LeadView before : views(field)) {
      LeadLayout was = before.layout();
      LeadLayout layout =
          new LeadLayout(
              was.metrics(),
              was.properties(),
              was.tabs().stream().map(tab -> without(tab, field)).toList(),
              was.defaultTab(),
              was.buttons(),
              was.dropdown());
      LeadView after =
          new LeadView(
              before.id(), before.name(), before.description(), layout, before.version() + 1);
      if (!rows.update(after)) {
        throw RefusedException.outdated("the details view", before.version(), after.version());
      }
      trail.record(LeadViews.event(before, after));
    }
    for (OwnTab tab : own(field)) {
      OwnTab after = new OwnTab(tab.id(), without(tab.tab(), field), tab.version() + 1);
      if (!rows.updateTab(after)) {
        throw RefusedException.outdated("a user's own tab", tab.version(), after.version());
      }
    }
  }

  private List<LeadView> views(Field field) {
    return rows.all(LeadViews.MOST).stream()
        .filter(view -> view.layout().tabs().stream().anyMatch(tab -> merges(tab.url(), field)))
        .toList();
  }

  private List<OwnTab> own(Field field) {
    return rows.tabsWith("lead." + field.key()).stream()
        .filter(tab -> merges(tab.tab().url(), field))
        .toList();
  }

  private static boolean merges(@Nullable String url, Field field) {
    return url != null && TabAddress.merges(url, field.key());
  }

  private static LeadTab without(LeadTab tab, Field field) {
    String url = tab.url();
    return url == null
        ? tab
        : new LeadTab(
            tab.key(),
            tab.kind(),
            tab.name(),
            tab.activityTypes(),
            TabAddress.without(url, field.key()));
  }
}
