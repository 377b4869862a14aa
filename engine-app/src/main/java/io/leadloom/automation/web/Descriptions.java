package io.leadloom.automation.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leadloom.automation.definition.SettingsJson;
import io.leadloom.process.ProcessModel;
import org.jspecify.annotations.Nullable;

/** What the author of an automation says about it. */
final class Descriptions {

  private Descriptions() {}

  static @Nullable String of(ProcessModel model) {
    String settings = model.extension().get("automation");
    if (settings == null) {
      return null;
    }
    try {
      return SettingsJson.tree(settings).path("description").asText(null);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
