package io.leadloom.automation.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.Cards;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.decision.Conditions;
import io.leadloom.identity.Users;
import io.leadloom.platform.AccountSettings;
import io.leadloom.process.ExecutableProcess;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.Processes;
import io.leadloom.record.Lists;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads a BPMN document with its cards and conditions, and finds everything that keeps it from running. */
@Component
class VersionCompiler {

  private final Processes processes;
  private final Catalogue catalogue;

  /** What a document is checked against. */
  record Catalogue(
      Conditions conditions,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      Cards cards,
      AccountSettings account) {}

  VersionCompiler(
      Processes processes,
      Conditions conditions,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      Cards cards,
      AccountSettings account) {
    this.processes = processes;
    this.catalogue = new Catalogue(conditions, schemas, conversion, users, lists, cards, account);
  }

  /** Reads without looking at cards and conditions. */
  Processes.Reading read(String bpmn) {
    return processes.read(bpmn);
  }

  /**
   * Checks a document as a whole.
   *
   * @param automations finds the id of an automation by its key
   * @param rawDrl whether the author may write DRL
   */
  Checked check(
      String bpmn, String name, Function<String, Optional<Long>> automations, boolean rawDrl) {
    Processes.Reading reading = processes.read(bpmn);
    List<Problem> problems = new ArrayList<>();
    if (reading instanceof Processes.Reading.Unreadable unreadable) {
      unreadable.problems().forEach(problem -> problems.add(problem(problem)));
      VersionSettings none =
          new VersionSettings(Reentry.EVERY_TIME, catalogue.account().timeZone(), List.of());
      return new Checked(
          null, null, none, Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), null, problems);
    }
    Processes.Reading.Readable readable = (Processes.Reading.Readable) reading;
    readable.problems().forEach(problem -> problems.add(problem(problem)));
    return new VersionCheck(catalogue, readable.model(), name, automations, rawDrl, problems).run();
  }

  /** The key of the trigger type that a start event names; null when it names none. */
  @Nullable String triggerType(Node start) {
    try {
      JsonNode type = SettingsJson.tree(start.settings()).path("type");
      return type.isTextual() ? type.asText() : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * What is left of a stored version when the account has changed since it was published: a card that no longer fits (its
   * list or user is gone) fails when a run reaches it and says why; everything else goes on.
   */
  Checked mended(Checked checked) {
    ProcessModel model = checked.model();
    if (model == null) {
      return checked;
    }
    Map<String, Card.Action> actions = new HashMap<>(checked.actions());
    List<Problem> remaining = new ArrayList<>();
    for (Problem problem : checked.problems()) {
      Node node = problem.element() == null ? null : model.nodes().get(problem.element());
      if (node == null || node.kind() != ProcessModel.NodeKind.CARD) {
        remaining.add(problem);
      } else {
        String reason = problem.field() + ": expected " + problem.expectation();
        actions.put(node.id(), run -> new ExecutableProcess.Outcome.Failed(reason));
      }
    }
    return checked.with(actions, remaining);
  }

  /** Makes a version without problems executable. */
  LiveVersion compile(Checked checked, long versionId, long automationId, String key, String name) {
    ProcessModel model = checked.model();
    Trigger trigger = checked.trigger();
    if (model == null || trigger == null || !checked.problems().isEmpty()) {
      throw new IllegalStateException(
          "Version " + versionId + " cannot run: " + checked.problems());
    }
    return new LiveVersion(
        versionId,
        automationId,
        key,
        name,
        model,
        processes.compile(model, Long.toString(versionId)),
        checked.conditions(),
        trigger,
        checked.settings().reentry(),
        checked.settings().timeZone(),
        checked.actions(),
        checked.waits(),
        checked.events(),
        checked.needs(),
        checked.conditionIds());
  }

  private static Problem problem(Processes.Problem problem) {
    return new Problem(
        problem.element(),
        problem.name(),
        problem.field(),
        problem.value(),
        problem.expectation(),
        null);
  }
}
