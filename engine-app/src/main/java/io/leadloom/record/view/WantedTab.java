package io.leadloom.record.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tab as somebody asks for it.
 *
 * @param key for tabs of views: that of a tab of Leadloom, or one of the form {@code tab-1}
 * @param kind {@code system}, {@code activity} or {@code custom}
 */
public record WantedTab(
    @Nullable String key,
    @Nullable String kind,
    @Nullable String name,
    @Nullable List<@Nullable String> activityTypes,
    @Nullable String url) {

  static WantedTab of(LeadTab tab) {
    return new WantedTab(
        tab.key(), tab.kind().key(), tab.name(), List.copyOf(tab.activityTypes()), tab.url());
  }
}
