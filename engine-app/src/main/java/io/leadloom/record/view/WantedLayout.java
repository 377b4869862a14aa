package io.leadloom.record.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layout as somebody asks for it; null for the usual. */
public record WantedLayout(
    @Nullable List<@Nullable String> metrics,
    @Nullable List<@Nullable String> properties,
    @Nullable List<@Nullable WantedTab> tabs,
    @Nullable String defaultTab,
    @Nullable List<@Nullable String> buttons,
    @Nullable List<@Nullable String> dropdown) {}
