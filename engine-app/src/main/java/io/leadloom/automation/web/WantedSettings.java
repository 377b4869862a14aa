package io.leadloom.automation.web;

import io.leadloom.automation.trigger.Trigger;
import io.leadloom.journal.FieldChange;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.permission.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a trigger wants of its events beside what an event had; whether it accepts one says the trigger. */
final class WantedSettings {

  private final List<WhyJson.Setting> settings = new ArrayList<>();

  private WantedSettings() {}

  static List<WhyJson.Setting> of(Trigger trigger, JournalEntry event, Rights rights) {
    WantedSettings found = new WantedSettings();
    Map<String, String> detail = event.detail();
    found.add("activityType", trigger.activityType(), detail.get("type"));
    found.add("taskType", trigger.taskType(), detail.get("type"));
    found.add("list", trigger.list(), detail.get("list"));
    found.add("tag", trigger.tag(), detail.get("tag"));
    if (!trigger.fields().isEmpty()) {
      String changed =
          event.changes().keySet().stream()
              .filter(field -> !rights.hides(event.subject().type(), field))
              .sorted()
              .collect(Collectors.joining(", "));
      found.add("fields", String.join(", ", trigger.fields()), changed);
    }
    if (trigger.fields().size() == 1) {
      String field = trigger.fields().get(0);
      FieldChange change = event.changes().get(field);
      if (change != null && !rights.hides(event.subject().type(), field)) {
        found.add("from", trigger.from(), Objects.toString(change.before(), null));
        found.add("to", trigger.to(), Objects.toString(change.after(), null));
      }
    }
    return List.copyOf(found.settings);
  }

  private void add(String key, @Nullable String wanted, @Nullable String found) {
    if (wanted != null && !wanted.equals(found)) {
      settings.add(new WhyJson.Setting(key, wanted, found));
    }
  }
}
