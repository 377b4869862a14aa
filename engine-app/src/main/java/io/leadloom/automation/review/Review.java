package io.leadloom.automation.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.definition.SettingsJson;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.Processes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Looks at a draft for what its author may not have meant. */
@Service
public class Review {

  private static final Duration LONG = Duration.ofDays(366);
  private static final String MAIL = "email.send";
  private static final String WANTS_NO_MAIL = "doNotEmail";

  private final Automations automations;
  private final AutomationVersions versions;
  private final Processes processes;
  private final Causes causes;
  private final Clock clock;

  Review(
      Automations automations,
      AutomationVersions versions,
      Processes processes,
      Causes causes,
      Clock clock) {
    this.automations = automations;
    this.versions = versions;
    this.processes = processes;
    this.causes = causes;
    this.clock = clock;
  }

  /** What is to be said of a document beside the other automations as they are live now. */
  @Transactional(readOnly = true)
  public List<Warning> warnings(Publishing.Look look) {
    ProcessModel model = look.model();
    if (model == null) {
      return List.of();
    }
    List<Warning> warnings = new ArrayList<>();
    Trigger trigger = look.trigger();
    if (trigger != null) {
      Automation automation = look.automation();
      Loops.Member draft =
          new Loops.Member(
              automation.id(),
              automation.key(),
              automation.name(),
              trigger,
              look.reentry(),
              causes.of(model, trigger.type()));
      Loops.through(draft, others(automation)).forEach(loop -> warnings.add(warning(loop)));
    }
    Instant far = clock.instant().plus(LONG);
    look.waits()
        .forEach(
            (id, end) -> {
              if (end.isAfter(far)) {
                warnings.add(
                    new Warning(
                        Warning.Kind.LONG_WAIT,
                        id,
                        name(model, id),
                        "It waits for more than a year; runs under way stay in this version all"
                            + " that time"));
              }
            });
    mails(model, warnings);
    return warnings;
  }

  private List<Loops.Member> others(Automation draft) {
    Map<Long, Automation> known = new HashMap<>();
    automations.everyOne().forEach(each -> known.put(each.id(), each));
    List<Loops.Member> others = new ArrayList<>();
    for (AutomationVersion version : versions.live()) {
      Automation automation = known.get(version.automationId());
      if (automation != null
          && automation.id() != draft.id()
          && processes.read(version.bpmn()) instanceof Processes.Reading.Readable readable) {
        Trigger trigger = version.trigger();
        others.add(
            new Loops.Member(
                automation.id(),
                automation.key(),
                automation.name(),
                trigger,
                version.settings().reentry(),
                causes.of(readable.model(), trigger.type())));
      }
    }
    return others;
  }

  private Warning warning(List<Loops.Step> loop) {
    StringBuilder text = new StringBuilder("It may start itself again and again: it ");
    for (int i = 0; i < loop.size(); i++) {
      boolean last = i == loop.size() - 1;
      text.append(causes.said(loop.get(i).cause())).append(", which starts ");
      text.append(last ? "it again" : "'" + loop.get(i + 1).member().name() + "'; that one ");
    }
    Cause first = loop.get(0).cause();
    return new Warning(Warning.Kind.LOOP, first.element(), first.name(), text.toString());
  }

  /** Mail to "lead" asks by itself; an address put together from fields is taken as it is. */
  private static void mails(ProcessModel model, List<Warning> warnings) {
    boolean asked =
        model.flows().values().stream()
                .anyMatch(
                    flow -> flow.condition() != null && flow.condition().contains(WANTS_NO_MAIL))
            || model.nodes().values().stream()
                .anyMatch(node -> node.card() == null && node.settings().contains(WANTS_NO_MAIL));
    if (asked) {
      return;
    }
    for (Node node : model.nodes().values()) {
      if (MAIL.equals(node.card()) && to(node).contains("{{")) {
        warnings.add(
            new Warning(
                Warning.Kind.UNASKED_MAIL,
                node.id(),
                node.name(),
                "It mails an address from a field without asking 'Do not e-mail' first; only mail"
                    + " to the lead itself asks by itself"));
      }
    }
  }

  private static String to(Node node) {
    try {
      return SettingsJson.tree(node.settings()).path("to").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static String name(ProcessModel model, String id) {
    return model.node(id).map(Node::name).orElse("");
  }
}
