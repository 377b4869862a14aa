package io.leadloom.record.view.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.view.LeadLayout;
import io.leadloom.record.view.LeadPage;
import io.leadloom.record.view.LeadTab;
import io.leadloom.record.view.LeadView;
import io.leadloom.record.view.OwnTab;
import io.leadloom.record.view.WantedTab;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The page of leads as the caller has it: the view of the caller's team, and the caller's own tabs. */
@Tag(name = "Lead details views")
@RestController
@RequestMapping("/api/v1/lead-view")
class ShownViewController {

  private final LeadPage page;
  private final Access access;

  ShownViewController(LeadPage page, Access access) {
    this.page = page;
    this.access = access;
  }

  /**
   * A tab.
   *
   * @param own whether the caller made it; such a tab has an id and a version by which it is changed, and an address
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TabJson(
      String key,
      LeadTab.Kind kind,
      @Nullable String name,
      List<String> activityTypes,
      boolean own,
      @Nullable Long id,
      @Nullable Integer version,
      @Nullable String url) {

    static TabJson of(LeadTab tab) {
      return new TabJson(
          tab.key(), tab.kind(), tab.name(), tab.activityTypes(), false, null, null, null);
    }

    static TabJson of(OwnTab own) {
      LeadTab tab = own.tab();
      return new TabJson(
          tab.key(),
          tab.kind(),
          tab.name(),
          tab.activityTypes(),
          true,
          own.id(),
          own.version(),
          tab.url());
    }
  }

  /** The page; without the id of a view it is the standard one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PageJson(
      @Nullable Long id,
      List<String> metrics,
      List<String> properties,
      List<TabJson> tabs,
      String defaultTab,
      List<String> buttons,
      List<String> dropdown) {}

  /** A tab of the caller's own; what is left out of a change stays. */
  record TabInput(
      @Nullable Integer version,
      @Nullable String kind,
      @Nullable String name,
      @Nullable List<@Nullable String> activityTypes,
      @Nullable String url) {

    WantedTab wanted() {
      return new WantedTab(null, kind, name, activityTypes, url);
    }
  }

  @GetMapping
  @Needs(section = Section.LEAD, value = Action.VIEW)
  PageJson page() {
    LeadPage.Shown shown = page.of(access.current());
    LeadLayout layout = shown.layout();
    List<TabJson> tabs = new ArrayList<>();
    layout.tabs().forEach(tab -> tabs.add(TabJson.of(tab)));
    shown.own().forEach(tab -> tabs.add(TabJson.of(tab)));
    LeadView view = shown.view();
    return new PageJson(
        view == null ? null : view.id(),
        layout.metrics(),
        layout.properties(),
        tabs,
        layout.defaultTab(),
        layout.buttons(),
        layout.dropdown());
  }

  @PostMapping("/tabs")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  @ResponseStatus(HttpStatus.CREATED)
  TabJson add(@RequestBody TabInput input) {
    return TabJson.of(page.add(input.wanted(), access.current()));
  }

  @PatchMapping("/tabs/{id}")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  TabJson change(@PathVariable long id, @RequestBody TabInput input) {
    return TabJson.of(page.change(id, input.version(), input.wanted(), access.current()));
  }

  @DeleteMapping("/tabs/{id}")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    page.remove(id, access.current());
  }
}
