package io.leadloom.automation.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadloom.automation.run.RunControl;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.BulkOperation;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Starts an automation for many records: {@code {"automation": 12}} (ENG-108). */
@Component
class StartMany implements BulkOperation {

  private static final String AUTOMATION = "automation";
  private static final String NOT_STARTED = "Automations cannot be started by hand";

  private final RunControl control;
  private final Features features;

  StartMany(RunControl control, Features features) {
    this.control = control;
    this.features = features;
  }

  @Override
  public String key() {
    return "start-automation";
  }

  @Override
  public boolean suits(EntityType type) {
    return type == EntityType.LEAD
        || type == EntityType.CONTACT
        || type == EntityType.ACCOUNT
        || type == EntityType.OPPORTUNITY;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    JsonNode automation = settings.path(AUTOMATION);
    if (!automation.isIntegralNumber()) {
      throw RefusedException.invalid(
          "Which automation is to start is not clear",
          Violation.of("settings.automation", null, "the id of a published automation"));
    }
    if (!mayStart(rights)) {
      throw RefusedException.forbidden(NOT_STARTED);
    }
    control.mustStart(automation.asLong());
    return JsonNodeFactory.instance.objectNode().put(AUTOMATION, automation.asLong());
  }

  private boolean mayStart(Rights rights) {
    return rights.may(Section.AUTOMATIONS, Action.VIEW) && features.on(Feature.STARTS);
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    String reason = null;
    try {
      control.mustStart(settings.path(AUTOMATION).asLong());
      reason = mayStart(chunk.rights()) ? null : NOT_STARTED;
    } catch (RefusedException e) {
      reason = e.getMessage();
    }
    List<Outcome> outcomes = new ArrayList<>();
    List<RecordRef> refs = new ArrayList<>();
    for (Member member : chunk.members()) {
      if (reason != null) {
        outcomes.add(new Failed(reason));
      } else if (member.record().trashedAt() != null) {
        outcomes.add(new Failed("It is in the trash"));
      } else {
        refs.add(member.record().ref());
        outcomes.add(new Done(true, null));
      }
    }
    if (!refs.isEmpty()) {
      control.start(settings.path(AUTOMATION).asLong(), refs, chunk.cause());
    }
    return outcomes;
  }
}
