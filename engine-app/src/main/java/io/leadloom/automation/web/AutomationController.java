package io.leadloom.automation.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.automation.card.Cards;
import io.leadloom.automation.definition.Automation;
import io.leadloom.automation.definition.AutomationVersion;
import io.leadloom.automation.definition.AutomationVersions;
import io.leadloom.automation.definition.Automations;
import io.leadloom.automation.definition.DraftConflictException;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.automation.definition.Templates;
import io.leadloom.automation.review.Review;
import io.leadloom.automation.review.Warning;
import io.leadloom.automation.run.RunHistory;
import io.leadloom.identity.Users;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.platform.web.Problems;
import io.leadloom.process.ProcessModel;
import io.leadloom.process.Processes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Automations: list, draft, publish, versions (AUT-001, AUT-002). */
@RestController
@RequestMapping("/api/v1")
class AutomationController {

  private final Automations automations;
  private final AutomationVersions versions;
  private final Publishing publishing;
  private final Templates templates;
  private final Processes processes;
  private final RunHistory history;
  private final Users users;
  private final Cards cards;
  private final Review review;

  AutomationController(
      Automations automations,
      AutomationVersions versions,
      Publishing publishing,
      Templates templates,
      Processes processes,
      RunHistory history,
      Users users,
      Cards cards,
      Review review) {
    this.review = review;
    this.cards = cards;
    this.automations = automations;
    this.versions = versions;
    this.publishing = publishing;
    this.templates = templates;
    this.processes = processes;
    this.history = history;
    this.users = users;
  }

  /** All automations with their figures. */
  @GetMapping("/automations")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<AutomationJson.Listed> list() {
    List<Automation> all = automations.everyOne();
    Map<Long, RunHistory.Figures> figures =
        history.figuresByAutomation(all.stream().map(Automation::id).toList());
    return new AutomationJson.Items<>(
        all.stream().map(each -> listed(each, figures.get(each.id()))).toList());
  }

  /** The ready-made automations to start from. */
  @GetMapping("/automation-templates")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<AutomationJson.Template> templates() {
    return new AutomationJson.Items<>(templates.all().stream().map(this::template).toList());
  }

  /**
   * The card catalogue: what the palette, the forms and the help show. A card that cannot be published now, or not by the
   * caller, says why as {@code withheld} and is not offered (AUT-070).
   */
  @GetMapping("/cards")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<JsonNode> cards() {
    return new AutomationJson.Items<>(
        templates.cards().stream().filter(card -> !isTrigger(card)).map(this::offered).toList());
  }

  private JsonNode offered(JsonNode card) {
    boolean administrator = users.current().filter(person -> !person.administrator()).isEmpty();
    String withheld =
        cards
            .find(card.path("type").asText())
            .map(known -> known.withheld(administrator))
            .orElse(null);
    return withheld == null ? card : ((ObjectNode) card.deepCopy()).put("withheld", withheld);
  }

  /** The triggers, described like cards. */
  @GetMapping("/triggers")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<JsonNode> triggers() {
    return new AutomationJson.Items<>(
        templates.cards().stream().filter(AutomationController::isTrigger).toList());
  }

  private static boolean isTrigger(JsonNode card) {
    return card.path("element").asText().equals("bpmn:startEvent");
  }

  /** Creates an automation from a ready-made one or from a BPMN document. */
  @PostMapping("/automations")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  AutomationJson.Shown create(@RequestBody AutomationJson.Create create) {
    return shown(publishing.create(create.template(), create.name(), create.bpmn()));
  }

  /** One automation with its draft. */
  @GetMapping("/automations/{id}")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Shown get(@PathVariable("id") long id) {
    return shown(publishing.find(id));
  }

  /** Saves the draft; what is live stays as it is. */
  @PutMapping("/automations/{id}/draft")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Shown saveDraft(
      @PathVariable("id") long id, @RequestBody AutomationJson.Draft draft) {
    return shown(
        publishing.saveDraft(id, draft.version(), draft.bpmn(), draft.name(), draft.description()));
  }

  /** Shows the state that the author has not seen, so that both can be brought together. */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> conflict(DraftConflictException conflict) {
    ProblemDetail problem = Problems.of(conflict);
    problem.setProperty("expectedVersion", conflict.expectedVersion());
    problem.setProperty("current", shown(conflict.current()));
    return Problems.answer(problem);
  }

  /**
   * Says what keeps the draft (or the given document) from being published, and on request what its author may not have
   * meant: circles with other automations, waits of more than a year, mails to people who asked not to be mailed.
   */
  @PostMapping("/automations/{id}/validate")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Problems validate(
      @PathVariable("id") long id,
      @RequestBody(required = false) AutomationJson.@Nullable Validate body) {
    Publishing.Look look = publishing.look(id, body == null ? null : body.bpmn());
    List<Warning> warnings =
        body != null && Boolean.TRUE.equals(body.warnings()) ? review.warnings(look) : List.of();
    return new AutomationJson.Problems(
        look.problems(), warnings.stream().map(AutomationJson.Warned::of).toList());
  }

  /** Makes the draft live as a new version. */
  @PostMapping("/automations/{id}/publish")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Version publish(@PathVariable("id") long id) {
    return version(publishing.publish(id), publishing.find(id), false);
  }

  @PostMapping("/automations/{id}/unpublish")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Shown unpublish(@PathVariable("id") long id) {
    return shown(publishing.unpublish(id));
  }

  /** No new starts, and timers are held; what happens meanwhile is not made up for. */
  @PostMapping("/automations/{id}/pause")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Shown pause(@PathVariable("id") long id) {
    return shown(publishing.pause(id));
  }

  @PostMapping("/automations/{id}/resume")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Shown resume(@PathVariable("id") long id) {
    return shown(publishing.resume(id));
  }

  @GetMapping("/automations/{id}/versions")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<AutomationJson.Version> versions(@PathVariable("id") long id) {
    Automation automation = publishing.find(id);
    return new AutomationJson.Items<>(
        versions.findByAutomationIdOrderByNumberDesc(id).stream()
            .map(version -> version(version, automation, false))
            .toList());
  }

  @GetMapping("/automations/{id}/versions/{number}")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Version version(@PathVariable("id") long id, @PathVariable("number") int number) {
    return version(publishing.version(id, number), publishing.find(id), true);
  }

  /** Makes an old version live again, as a new one. */
  @PostMapping("/automations/{id}/versions/{number}/publish")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  AutomationJson.Version rollBack(@PathVariable("id") long id, @PathVariable("number") int number) {
    return version(publishing.rollBack(id, number), publishing.find(id), false);
  }

  /** What runs did at each card, of a version or of the one that is live. */
  @GetMapping("/automations/{id}/figures")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<AutomationJson.CardFigures> figures(
      @PathVariable("id") long id,
      @RequestParam(name = "version", required = false) @Nullable Integer number) {
    Automation automation = publishing.find(id);
    Integer wanted = number == null ? automation.publishedVersion() : number;
    if (wanted == null) {
      return new AutomationJson.Items<>(List.of());
    }
    return new AutomationJson.Items<>(
        history.figures(publishing.version(id, wanted).id()).stream()
            .filter(figure -> !figure.card().isEmpty())
            .map(
                figure ->
                    new AutomationJson.CardFigures(
                        figure.card(),
                        figure.entered(),
                        figure.waiting(),
                        figure.done(),
                        figure.failed()))
            .toList());
  }

  private AutomationJson.Template template(Templates.Template template) {
    if (processes.read(template.bpmn()) instanceof Processes.Reading.Readable readable) {
      ProcessModel model = readable.model();
      String description = Descriptions.of(model);
      ProcessModel.Node start = model.nodes().get(model.start());
      return new AutomationJson.Template(
          template.key(),
          model.name(),
          description,
          start == null ? null : start.name(),
          template.bpmn());
    }
    return new AutomationJson.Template(template.key(), template.key(), null, null, template.bpmn());
  }

  private static AutomationJson.Listed listed(Automation a, RunHistory.@Nullable Figures figures) {
    return new AutomationJson.Listed(
        a.id(),
        a.key(),
        a.name(),
        a.description(),
        a.state().name().toLowerCase(Locale.ROOT),
        new AutomationJson.TriggerSummary(a.triggerType(), a.triggerSummary()),
        a.publishedVersion(),
        a.draftChanged(),
        AutomationJson.Figures.of(figures),
        a.incident(),
        a.updatedAt());
  }

  private AutomationJson.Shown shown(Automation a) {
    return new AutomationJson.Shown(
        listed(a, history.figuresByAutomation(List.of(a.id())).get(a.id())),
        a.lockVersion(),
        a.draft());
  }

  private AutomationJson.Version version(
      AutomationVersion version, Automation automation, boolean whole) {
    Long author = version.authorId();
    boolean live =
        automation.state().live()
            && Integer.valueOf(version.number()).equals(automation.publishedVersion());
    return new AutomationJson.Version(
        version.number(),
        author,
        author == null ? null : users.find(author).map(Users.Person::name).orElse(null),
        version.publishedAt(),
        version.engineVersion(),
        live,
        whole ? version.bpmn() : null,
        whole ? version.drl() : null);
  }
}
