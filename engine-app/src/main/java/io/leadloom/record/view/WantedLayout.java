package io.leadloom.record.view;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A layout as somebody asks for it; null for the usual. */
public record WantedLayout(
    @Nullable List<@Nullable String> metrics,
    @Nullable List<@Nullable String> properties,
    @Nullable List<@Nullable WantedTab> tabs,
    @Nullable String defaultTab,
    @Nullable List<@Nullable String> buttons,
    @Nullable List<@Nullable String> dropdown) {

  static WantedLayout of(LeadLayout layout) {
    return new WantedLayout(
        List.copyOf(layout.metrics()),
        List.copyOf(layout.properties()),
        layout.tabs().stream().<@Nullable WantedTab>map(WantedTab::of).toList(),
        layout.defaultTab(),
        List.copyOf(layout.buttons()),
        List.copyOf(layout.dropdown()));
  }

  /** What is asked for, and of the rest what was there: but for the default tab, when that is not among the tabs any more. */
  WantedLayout over(WantedLayout before) {
    String first = defaultTab == null ? before.defaultTab : defaultTab;
    boolean gone =
        defaultTab == null
            && tabs != null
            && tabs.stream().noneMatch(tab -> tab != null && Objects.equals(tab.key(), first));
    return new WantedLayout(
        metrics == null ? before.metrics : metrics,
        properties == null ? before.properties : properties,
        tabs == null ? before.tabs : tabs,
        gone ? null : first,
        buttons == null ? before.buttons : buttons,
        dropdown == null ? before.dropdown : dropdown);
  }
}
