package io.leadloom.automation.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.automation.Problem;
import io.leadloom.automation.card.Card;
import io.leadloom.automation.card.CardScope;
import io.leadloom.automation.card.CardSettings;
import io.leadloom.automation.card.send.AutomationSend;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.automation.trigger.TriggerType;
import io.leadloom.decision.CompiledConditions;
import io.leadloom.decision.Condition;
import io.leadloom.decision.Conditions;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.Node;
import io.leadloom.schema.Schema;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One check of one document: what it starts on, its cards, its conditions, and everything wrong with them. */
final class VersionCheck {

  /** Node ids are part of delivery keys and of indexed columns. */
  private static final int LONGEST_ID = 100;

  private final ProcessModel model;
  private final String name;
  private final boolean rawDrl;
  private final boolean lenient;
  private boolean published;
  private final List<Problem> problems;
  private final VersionCompiler.Catalogue catalogue;
  private final Schema schema;
  private final Map<String, Card.Action> actions = new HashMap<>();
  private final Map<String, WaitTime> waits = new HashMap<>();
  private final Map<String, Trigger> events = new HashMap<>();
  private final List<Conditions.Named> named = new ArrayList<>();
  private final Map<String, String> unfit = new HashMap<>();
  private final Set<Long> calls = new LinkedHashSet<>();
  private @Nullable Trigger starting;
  private final CardsBefore tasks;
  private final CardsBefore responses;
  private final Function<String, Optional<Long>> automations;
  private Reentry reentry = Reentry.EVERY_TIME;
  private @Nullable ZoneId ownZone;
  private ZoneId zone;

  /**
   * Prepares a check.
   *
   * @param lenient whether a condition that does not compile is left out with its reason, so that the others work
   */
  VersionCheck(
      VersionCompiler.Catalogue catalogue,
      Schema schema,
      ProcessModel model,
      String name,
      Function<String, Optional<Long>> automations,
      boolean rawDrl,
      boolean lenient,
      List<Problem> problems) {
    this.catalogue = catalogue;
    this.schema = schema;
    this.lenient = lenient;
    this.zone = catalogue.account().timeZone();
    this.model = model;
    this.name = name;
    this.automations = automations;
    this.rawDrl = rawDrl;
    this.problems = problems;
    this.tasks = new CardsBefore(model, node -> card(node).map(Card::createsTask).orElse(false));
    this.responses =
        new CardsBefore(model, node -> card(node).map(Card::getsResponse).orElse(false));
  }

  /** What is published goes on while one of its cards is switched off: then that card does nothing (AUT-070). */
  VersionCheck ofPublished(boolean already) {
    published = already;
    return this;
  }

  Checked run() {
    automationSettings();
    TriggerReader reader =
        new TriggerReader(schema, catalogue.lists(), catalogue.smartLists(), catalogue.records());
    Trigger trigger = startTrigger(reader);
    starting = trigger;
    CardScope scope =
        new CardScope(
            schema,
            catalogue.conversion(),
            catalogue.users(),
            catalogue.lists(),
            automations,
            trigger == null ? null : trigger.type(),
            trigger == null ? null : trigger.activityType(),
            zone,
            catalogue.customValues());
    model.nodes().values().forEach(node -> node(node, scope, reader));
    model.flows().values().forEach(this::flow);
    CompiledConditions compiled = trigger == null ? null : compile(trigger);
    Set<String> ids = new HashSet<>();
    named.forEach(each -> ids.add(each.id()));
    VersionSettings settings = new VersionSettings(reentry, ownZone, List.copyOf(calls));
    return new Checked(
        model,
        trigger,
        settings,
        actions,
        waits,
        events,
        scope.needs(),
        ids,
        compiled,
        unfit,
        List.copyOf(problems));
  }

  private Optional<Card> card(Node node) {
    return node.card() == null ? Optional.empty() : catalogue.cards().find(node.card());
  }

  private void automationSettings() {
    String text = model.extension().get("automation");
    if (text == null) {
      return;
    }
    CardSettings settings = settings(model.id(), model.name(), text);
    String zoneId = settings.optional("timeZone");
    try {
      if (zoneId != null) {
        ownZone = ZoneId.of(zoneId);
        zone = ownZone;
      }
    } catch (DateTimeException e) {
      settings.problem("timeZone", zoneId, "a time zone such as Europe/Berlin");
    }
    JsonNode policy = settings.json().path("reentry");
    if (policy.isMissingNode() || policy.isNull()) {
      return;
    }
    try {
      reentry = SettingsJson.read(policy, Reentry.class);
      if (reentry.policy() == null) {
        settings.problem(
            "reentry.policy", policy, "everyTime, oncePerRecord, oncePerDays or notWhileRunning");
        reentry = Reentry.EVERY_TIME;
      } else if (reentry.policy() == Reentry.Policy.ONCE_PER_DAYS && reentry.days() < 1) {
        settings.problem("reentry.days", reentry.days(), "a whole number of days of at least 1");
      }
    } catch (JsonProcessingException e) {
      settings.problem(
          "reentry",
          policy,
          "everyTime, oncePerRecord, oncePerDays (with days) or notWhileRunning");
    }
  }

  private @Nullable Trigger startTrigger(TriggerReader reader) {
    Node start = model.nodes().get(model.start());
    if (start == null) {
      return null;
    }
    CardSettings settings = settings(start.id(), start.name(), start.settings());
    Trigger trigger = reader.read(settings);
    if (trigger != null && trigger.condition() != null) {
      named.add(
          new Conditions.Named(
              LiveVersion.TRIGGER, start.name(), trigger.condition(), Set.of(), Set.of()));
    }
    return trigger;
  }

  private void node(Node node, CardScope scope, TriggerReader reader) {
    if (node.id().length() > LONGEST_ID) {
      problems.add(
          new Problem(
              node.id(),
              node.name(),
              "id",
              node.id(),
              "an id of at most " + LONGEST_ID + " letters",
              null));
    }
    CardSettings settings = settings(node.id(), node.name(), node.settings());
    switch (node.kind()) {
      case CARD -> prepare(node, settings, scope);
      case TIMER, BOUNDARY_TIMER -> {
        WaitTime wait = WaitTime.read(settings, schema, zone);
        if (wait != null) {
          waits.put(node.id(), wait);
        }
      }
      case EVENT -> event(node, settings, reader);
      default -> {
        // Gateways, ends and links have no settings of their own.
      }
    }
  }

  private void prepare(Node node, CardSettings settings, CardScope scope) {
    Optional<Card> card = card(node);
    boolean refused =
        problems.stream()
            .anyMatch(p -> node.id().equals(p.element()) && p.field().equals("element"));
    if (card.isEmpty() && refused) {
      return;
    }
    if (card.isEmpty()) {
      settings.problem("card", node.card(), "one of the cards of the catalogue");
      return;
    }
    String missing = lenient || published ? null : card.get().withheld(rawDrl);
    if (missing != null) {
      settings.problem("card", node.card(), missing);
    }
    scope.at(tasks.at(node.id()), responses.at(node.id()));
    actions.put(node.id(), card.get().prepare(settings, scope));
    if (AutomationSend.TYPE.equals(node.card())) {
      Optional.ofNullable(settings.optional("automation"))
          .flatMap(automations)
          .ifPresent(calls::add);
    }
  }

  private void event(Node node, CardSettings settings, TriggerReader reader) {
    Trigger event = reader.read(settings);
    if (event == null) {
      return;
    }
    if (event.type().addressed() || event.type().ofSmartList()) {
      settings.problem(
          "type",
          event.type().key(),
          "something that happens to the record, for example activity.posted");
    } else if (starting != null && !lenient && !starting.type().canHear(event.type())) {
      settings.problem("type", event.type().key(), heard(starting.type()));
    }
    events.put(node.id(), event);
    if (event.condition() != null) {
      named.add(
          new Conditions.Named(
              node.id(),
              node.name(),
              event.condition(),
              tasks.at(node.id()),
              responses.at(node.id()),
              supplied(event)));
    }
  }

  /** What a run that such a trigger starts can wait for; anything else it would never hear of. */
  private static String heard(TriggerType start) {
    return "something that happens later to what '%s' is about: %s"
        .formatted(
            start.key(),
            Arrays.stream(TriggerType.values())
                .filter(type -> !type.addressed() && !type.ofSmartList() && start.canHear(type))
                .map(TriggerType::key)
                .collect(Collectors.joining(", ")));
  }

  /** What a condition of a wait can look at: what its event is about stands before what the trigger was about. */
  private Conditions.Scope supplied(Trigger event) {
    boolean activity = event.type().suppliesActivity();
    boolean task = event.type().suppliesTask();
    Trigger trigger = starting;
    return new Conditions.Scope(
        activity || trigger != null && trigger.type().suppliesActivity(),
        activity ? event.activityType() : trigger == null ? null : trigger.activityType(),
        task || trigger != null && trigger.type().suppliesTask(),
        rawDrl,
        event.type().ofOpportunity() || trigger != null && trigger.type().suppliesOpportunity());
  }

  private void flow(ProcessModel.Flow flow) {
    if (flow.condition() == null) {
      return;
    }
    Node source = model.nodes().get(flow.source());
    String label = label(flow, source);
    CardSettings settings = settings(flow.id(), label, flow.condition());
    Condition condition;
    try {
      condition = SettingsJson.read(settings.json(), Condition.class);
    } catch (JsonProcessingException e) {
      settings.problem("condition", flow.condition(), SettingsJson.reason(e));
      return;
    }
    if (condition.criteria().isEmpty() && condition.drl() == null && condition.rule() == null) {
      settings.problem("condition", null, "at least one criterion (AUT-D01)");
      return;
    }
    named.add(
        new Conditions.Named(
            flow.id(),
            label,
            condition,
            tasks.after(flow.source()),
            responses.after(flow.source())));
  }

  private static String label(ProcessModel.Flow flow, @Nullable Node source) {
    String branch = flow.name() == null || flow.name().isBlank() ? flow.id() : flow.name();
    String gateway = source == null || source.name().isBlank() ? "" : source.name() + ": ";
    return gateway + branch;
  }

  private @Nullable CompiledConditions compile(Trigger trigger) {
    Conditions.Scope scope = trigger.supplied(rawDrl);
    List<Conditions.Named> fit = new ArrayList<>(named);
    while (!fit.isEmpty()) {
      Conditions.Compilation compilation =
          catalogue.conditions().compile(packageName(), fit, scope, schema);
      if (compilation instanceof Conditions.Compilation.Compiled done) {
        return done.conditions();
      }
      List<Conditions.Problem> found = ((Conditions.Compilation.Failed) compilation).problems();
      found.forEach(this::conditionProblem);
      Set<String> bad = new HashSet<>();
      found.forEach(problem -> bad.add(problem.id()));
      boolean fewer = fit.removeIf(each -> bad.contains(each.id()));
      if (!lenient || !fewer) {
        return null;
      }
    }
    return null;
  }

  private void conditionProblem(Conditions.Problem problem) {
    String element = problem.id().equals(LiveVersion.TRIGGER) ? model.start() : problem.id();
    String label =
        named.stream()
            .filter(each -> each.id().equals(problem.id()))
            .map(Conditions.Named::label)
            .findFirst()
            .orElse("");
    Problem told =
        new Problem(
            element,
            label,
            problem.field(),
            problem.value(),
            problem.expectation(),
            problem.line() == 0 ? null : problem.line());
    problems.add(told);
    unfit.putIfAbsent(problem.id(), told.sentence());
  }

  private String packageName() {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
  }

  private CardSettings settings(String element, @Nullable String label, String text) {
    String shown = label == null ? "" : label;
    try {
      JsonNode json = SettingsJson.tree(text.isBlank() ? "{}" : text);
      CardSettings settings = new CardSettings(element, shown, json, problems::add);
      if (!json.isObject()) {
        settings.problem("settings", text, "a JSON object");
      }
      return settings;
    } catch (JsonProcessingException e) {
      JsonNode empty = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
      CardSettings settings = new CardSettings(element, shown, empty, problems::add);
      settings.problem("settings", text, SettingsJson.reason(e));
      return settings;
    }
  }
}
