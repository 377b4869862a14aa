package io.leadloom.automation.tag;

import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.Incidents;
import io.leadloom.record.TagUses;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The published automations that name a tag; they come to a halt when it is deleted (SET-133). */
@Component
class TagsInAutomations implements TagUses {

  private static final String KIND = "automation";

  private final Automations automations;
  private final AutomationVersions versions;
  private final Incidents incidents;

  TagsInAutomations(Automations automations, AutomationVersions versions, Incidents incidents) {
    this.automations = automations;
    this.versions = versions;
    this.incidents = incidents;
  }

  @Override
  public List<Use> of(List<String> names) {
    List<Use> uses = new ArrayList<>();
    for (AutomationVersion version : versions.live()) {
      Set<String> named = NamedTags.of(version.bpmn());
      if (names.stream().anyMatch(named::contains)) {
        String name =
            automations.findById(version.automationId()).map(Automation::name).orElse("?");
        uses.add(new Use(KIND, version.automationId(), name));
      }
    }
    return uses;
  }

  @Override
  public void deleted(String tag, List<Use> uses) {
    String reason = "The tag '%s', which it uses, was deleted".formatted(tag);
    uses.forEach(use -> incidents.halt(use.id(), reason));
  }
}
