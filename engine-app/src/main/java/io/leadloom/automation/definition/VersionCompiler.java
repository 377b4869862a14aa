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
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.process.ExecutableProcess;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.process.Processes;
import io.leadloom.record.Lists;
import io.leadloom.record.Records;
import io.leadloom.record.SmartListDirectory;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads a BPMN document with its cards and conditions, and finds everything that keeps it from running. */
@Component
class VersionCompiler {

  private static final Logger LOG = LoggerFactory.getLogger(VersionCompiler.class);

  /** The nodes whose settings only matter to runs that come to them. */
  private static final Set<ProcessModel.NodeKind> PARTS =
      EnumSet.of(
          ProcessModel.NodeKind.START,
          ProcessModel.NodeKind.TIMER,
          ProcessModel.NodeKind.BOUNDARY_TIMER,
          ProcessModel.NodeKind.EVENT);

  private final Processes processes;
  private final Catalogue catalogue;

  /** What a document is checked against. */
  record Catalogue(
      Conditions conditions,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      SmartListDirectory smartLists,
      Records records,
      Cards cards,
      AccountSettings account,
      CustomValues customValues) {}

  VersionCompiler(
      Processes processes,
      Conditions conditions,
      Schemas schemas,
      FieldConversion conversion,
      Users users,
      Lists lists,
      SmartListDirectory smartLists,
      Records records,
      Cards cards,
      AccountSettings account,
      CustomValues customValues) {
    this.processes = processes;
    this.catalogue =
        new Catalogue(
            conditions,
            schemas,
            conversion,
            users,
            lists,
            smartLists,
            records,
            cards,
            account,
            customValues);
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
    return check(bpmn, name, automations, rawDrl, catalogue.schemas().latest());
  }

  /** The same against other field definitions. */
  Checked check(
      String bpmn,
      String name,
      Function<String, Optional<Long>> automations,
      boolean rawDrl,
      Schema schema) {
    return check(bpmn, name, automations, rawDrl, false, schema);
  }

  /** The same for what is published already and is to go on. */
  Checked checkPublished(String bpmn, String name, Function<String, Optional<Long>> automations) {
    return check(bpmn, name, automations, null, false, catalogue.schemas().latest());
  }

  /**
   * Checks a document.
   *
   * @param author whether the author may write DRL; null for what is published already
   */
  private Checked check(
      String bpmn,
      String name,
      Function<String, Optional<Long>> automations,
      @Nullable Boolean author,
      boolean lenient,
      Schema schema) {
    boolean rawDrl = author == null || author;
    Processes.Reading reading = processes.read(bpmn);
    List<Problem> problems = new ArrayList<>();
    if (reading instanceof Processes.Reading.Unreadable unreadable) {
      unreadable.problems().forEach(problem -> problems.add(problem(problem)));
      VersionSettings none = new VersionSettings(Reentry.EVERY_TIME, null, List.of());
      return new Checked(
          null, null, none, Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), null, Map.of(),
          problems);
    }
    Processes.Reading.Readable readable = (Processes.Reading.Readable) reading;
    readable.problems().forEach(problem -> problems.add(problem(problem)));
    return new VersionCheck(
            catalogue, schema, readable.model(), name, automations, rawDrl, lenient, problems)
        .ofPublished(author == null)
        .run();
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

  /** Makes a version without problems executable. */
  LiveVersion compile(Checked checked, long versionId, long automationId, String key, String name) {
    ProcessModel model = checked.model();
    Trigger trigger = checked.trigger();
    if (model == null || trigger == null || !checked.problems().isEmpty()) {
      throw new IllegalStateException(
          "Version " + versionId + " cannot run: " + checked.problems());
    }
    return live(
        checked,
        model,
        trigger,
        new Owner(versionId, automationId, key, name),
        checked.actions(),
        Map.of());
  }

  /** Whose version is made executable. */
  private record Owner(long versionId, long automationId, String key, String name) {}

  private LiveVersion live(
      Checked checked,
      ProcessModel model,
      Trigger trigger,
      Owner owner,
      Map<String, Card.Action> actions,
      Map<String, String> unfit) {
    return new LiveVersion(
        owner.versionId(),
        owner.automationId(),
        owner.key(),
        owner.name(),
        model,
        processes.compile(model, Long.toString(owner.versionId())),
        checked.conditions(),
        trigger,
        checked.settings().reentry(),
        checked.settings().zone(catalogue.account().timeZone()),
        actions,
        checked.waits(),
        checked.events(),
        checked.needs(),
        checked.conditionIds(),
        unfit);
  }

  /**
   * Makes a stored version executable, also when the account or Leadloom has changed since it was published: a card that no
   * longer fits (its list or user is gone) fails when a run reaches it, a condition or wait that no longer fits stops the
   * run that comes to it, and a version that cannot be used at all stops its runs. Everything else goes on.
   */
  LiveVersion load(
      AutomationVersion version,
      Automation automation,
      Function<String, Optional<Long>> automations) {
    String name = LiveVersions.name(automation.id(), version.id());
    Owner owner = new Owner(version.id(), automation.id(), automation.key(), automation.name());
    Trigger trigger = version.trigger();
    Checked checked =
        check(version.bpmn(), name, automations, true, true, catalogue.schemas().latest());
    if (!checked.problems().isEmpty()) {
      LOG.warn(
          "Version {} of automation '{}' no longer fits: {}",
          version.number(),
          automation.key(),
          checked.problems().stream().map(Problem::sentence).toList());
    }
    Map<String, Card.Action> actions = new HashMap<>(checked.actions());
    Map<String, String> unfit = new HashMap<>(checked.unfit());
    String unusable = unfit(checked, actions, unfit);
    ProcessModel model = checked.model();
    if (model == null || checked.trigger() == null || unusable != null) {
      return unusable(
          checked, trigger, owner, unusable == null ? "Its trigger is not known" : unusable);
    }
    try {
      return live(checked, model, trigger, owner, actions, unfit);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.warn("Version {} of '{}' cannot be made to run", version.number(), automation.key(), e);
      return unusable(checked, trigger, owner, "It cannot be made to run: " + e.getMessage());
    }
  }

  /** Sorts the problems of a stored version to the parts that they concern. Returns what concerns the whole, if anything. */
  private static @Nullable String unfit(
      Checked checked, Map<String, Card.Action> actions, Map<String, String> unfit) {
    ProcessModel model = checked.model();
    String whole = null;
    for (Problem problem : checked.problems()) {
      String element = problem.element();
      Node node = model == null || element == null ? null : model.nodes().get(element);
      String reason = problem.sentence();
      if (node != null
          && node.kind() == ProcessModel.NodeKind.CARD
          && !problem.field().equals("element")) {
        actions.put(node.id(), run -> new ExecutableProcess.Outcome.Failed(reason));
      } else if (node != null && PARTS.contains(node.kind())
          || model != null && element != null && model.flows().containsKey(element)) {
        unfit.putIfAbsent(element, reason);
      } else {
        whole = whole == null ? reason : whole;
      }
    }
    return whole;
  }

  private LiveVersion unusable(Checked checked, Trigger trigger, Owner owner, String reason) {
    if (checked.conditions() != null) {
      checked.conditions().close();
    }
    ProcessModel model = checked.model();
    return new LiveVersion(
        owner.versionId(),
        owner.automationId(),
        owner.key(),
        owner.name(),
        model == null
            ? new ProcessModel(owner.key(), owner.name(), "", "", Map.of(), Map.of(), Map.of())
            : model,
        new UnusableProcess(reason),
        null,
        trigger,
        checked.settings().reentry(),
        checked.settings().zone(catalogue.account().timeZone()),
        Map.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(),
        Map.of(LiveVersion.TRIGGER, reason));
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

  /** Stands for a stored version that cannot run any more; whoever tries hears why. */
  private record UnusableProcess(String reason) implements ExecutableProcess {

    @Override
    public Execution start(CardDoor door) {
      throw new UnfitException(reason);
    }

    @Override
    public Execution resume(byte[] state, Signal signal, CardDoor door) {
      throw new UnfitException(reason);
    }

    @Override
    public List<Wait> waits(byte[] state) {
      throw new UnfitException(reason);
    }

    @Override
    public void close() {}
  }
}
