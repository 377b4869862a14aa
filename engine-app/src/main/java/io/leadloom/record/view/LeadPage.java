package io.leadloom.record.view;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The page of leads as one user has it: the view of the user's team, and the user's own tabs (PLT-054). */
@Component
public class LeadPage {

  private static final int MOST_OWN = 10;

  private final LeadViewRows rows;
  private final Schemas schemas;
  private final Ids ids;

  LeadPage(LeadViewRows rows, Schemas schemas, Ids ids) {
    this.rows = rows;
    this.schemas = schemas;
    this.ids = ids;
  }

  /**
   * What somebody sees.
   *
   * @param view null for the standard view
   * @param layout without what is hidden from the user, or is not there any more
   */
  public record Shown(@Nullable LeadView view, LeadLayout layout, List<OwnTab> own) {}

  /** How the page looks for somebody. */
  @Transactional(readOnly = true)
  public Shown of(Rights rights) {
    Long userId = rights.userId();
    Schema schema = schemas.current().visibleTo(rights);
    LeadView view = userId == null ? null : rows.ofUser(userId).orElse(null);
    List<OwnTab> own = new ArrayList<>();
    if (userId != null) {
      for (OwnTab tab : rows.tabs(userId)) {
        // Also one that has nothing to show any more: it can be changed or removed.
        LeadTab still =
            shown(tab.tab(), schema, rights).orElseGet(() -> tab.tab().showing(List.of()));
        own.add(new OwnTab(tab.id(), still, tab.version()));
      }
    }
    return new Shown(
        view, shown(view == null ? LeadLayout.STANDARD : view.layout(), schema, rights), own);
  }

  /** A layout without the fields and activity types that are not there any more, as administrators edit it. */
  public LeadLayout present(LeadLayout layout) {
    return present(layout, schemas.current());
  }

  static LeadLayout present(LeadLayout layout, Schema schema) {
    return shown(layout, schema, Rights.system());
  }

  private static LeadLayout shown(LeadLayout layout, Schema schema, Rights rights) {
    List<LeadTab> tabs =
        layout.tabs().stream().flatMap(tab -> shown(tab, schema, rights).stream()).toList();
    if (tabs.isEmpty()) {
      tabs = List.of(LeadTab.system(LeadLayout.STANDARD.defaultTab()));
    }
    String first = tabs.get(0).key();
    boolean still = tabs.stream().anyMatch(tab -> tab.key().equals(layout.defaultTab()));
    return new LeadLayout(
        layout.metrics().stream()
            .filter(
                key -> schema.field(EntityType.LEAD, key).filter(LayoutCheck::number).isPresent())
            .toList(),
        layout.properties().stream()
            .filter(key -> schema.field(EntityType.LEAD, key).isPresent())
            .toList(),
        tabs,
        still ? layout.defaultTab() : first,
        layout.buttons(),
        layout.dropdown());
  }

  private static Optional<LeadTab> shown(LeadTab tab, Schema schema, Rights rights) {
    if (tab.kind() == LeadTab.Kind.ACTIVITY) {
      List<String> types =
          tab.activityTypes().stream()
              .filter(type -> schema.activityType(type).isPresent())
              .toList();
      return types.isEmpty() || !rights.may(Section.ACTIVITY, Action.VIEW)
          ? Optional.empty()
          : Optional.of(tab.showing(types));
    }
    boolean closed =
        switch (tab.key()) {
          case "activities" -> !rights.may(Section.ACTIVITY, Action.VIEW);
          case "tasks" -> !rights.may(Section.TASK, Action.VIEW);
          case "owners" -> schema.field(EntityType.LEAD, "owner").isEmpty();
          default -> false;
        };
    return closed ? Optional.empty() : Optional.of(tab);
  }

  /** The address of a custom tab of the page as somebody sees it; empty when there is none of that key. */
  @Transactional(readOnly = true)
  public Optional<LeadTab> custom(String key, Rights rights) {
    Shown shown = of(rights);
    List<LeadTab> tabs = new ArrayList<>(shown.layout().tabs());
    shown
        .own()
        .forEach(
            own ->
                tabs.add(
                    new LeadTab(
                        OwnTab.key(own.id()),
                        own.tab().kind(),
                        own.tab().name(),
                        List.of(),
                        own.tab().url())));
    return tabs.stream().filter(tab -> tab.key().equals(key) && tab.url() != null).findFirst();
  }

  /** Adds a tab for a user alone. */
  @Transactional
  public OwnTab add(WantedTab wanted, Rights rights) {
    long userId = userId(rights);
    if (rows.tabs(userId).size() >= MOST_OWN) {
      throw RefusedException.invalid(
          "There are too many tabs of your own",
          Violation.of("name", wanted.name(), "at most " + MOST_OWN + " own tabs"));
    }
    long id = ids.next("own_lead_tab");
    OwnTab made = new OwnTab(id, checked(id, wanted, null, schemas.held().visibleTo(rights)), 1);
    rows.insertTab(userId, made);
    return made;
  }

  @Transactional
  public OwnTab change(long id, @Nullable Integer version, WantedTab wanted, Rights rights) {
    Schema schema = schemas.held();
    OwnTab before = own(id, rights);
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the tab", version, before.version());
    }
    LeadTab old = before.tab();
    WantedTab whole =
        new WantedTab(
            null,
            Objects.requireNonNullElse(wanted.kind(), old.kind().key()),
            Objects.requireNonNullElse(wanted.name(), old.called()),
            wanted.activityTypes() == null
                ? List.copyOf(old.activityTypes())
                : wanted.activityTypes(),
            wanted.url() == null ? old.url() : wanted.url());
    OwnTab after =
        new OwnTab(id, checked(id, whole, old, schema.visibleTo(rights)), before.version() + 1);
    if (!rows.updateTab(after)) {
      throw RefusedException.outdated("the tab", before.version(), after.version());
    }
    return after;
  }

  @Transactional
  public void remove(long id, Rights rights) {
    rows.deleteTab(own(id, rights).id());
  }

  private static LeadTab checked(
      long id, WantedTab wanted, @Nullable LeadTab before, Schema schema) {
    String key = OwnTab.key(id);
    LeadLayout old =
        before == null
            ? null
            : new LeadLayout(List.of(), List.of(), List.of(before), key, List.of(), List.of());
    return new LayoutCheck(schema, old).added(key, wanted);
  }

  private OwnTab own(long id, Rights rights) {
    return rows.tabs(userId(rights)).stream()
        .filter(tab -> tab.id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("tab of your own", id));
  }

  private static long userId(Rights rights) {
    Long userId = rights.userId();
    if (userId == null) {
      throw RefusedException.forbidden("Only users have tabs of their own");
    }
    return userId;
  }
}
